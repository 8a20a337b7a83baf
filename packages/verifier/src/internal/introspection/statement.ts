import type { BoundedResponse } from '@bailiwick/protocol'
import type { Claims } from '../checks/claims.js'

/** What a server says of a token, in a form that it was asked for. It is yet to be held against what the API demands. */
export type Statement = InactiveStatement | ActiveStatement

export interface InactiveStatement {
  readonly active: false
}

/** Claims that the server vouches for, or an access token to verify in place of the one that was asked about. */
export type ActiveStatement = { readonly active: true; readonly claims: Claims } | PhantomStatement

export interface PhantomStatement {
  readonly active: true
  /** The access token. */
  readonly jwt: string
  /** What the response says beside it, which must not speak against the token either. */
  readonly beside: Claims
}

/** One of the forms in which servers answer. */
export interface Dialect {
  /** The `Accept` header that asks for it. */
  readonly accept: string
  /**
   * Takes a response for what it is, by its status, its content type and its content together; a 200 alone proves nothing.
   *
   * @throws or rejects with `introspection_unavailable` for anything else, or with `keys_unavailable`
   */
  read(response: BoundedResponse): Statement | Promise<Statement>
}
