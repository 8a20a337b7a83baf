import type { BoundedResponse } from '@bailiwick/protocol'
import type { Claims } from '../checks/claims.js'

/** What the server says about a token, in the requested format. Not yet checked against the rules of the API. */
export type Statement = InactiveStatement | ActiveStatement

export interface InactiveStatement {
  readonly active: false
}

/** Claims that the server vouches for, or an access token to verify in place of the presented one. */
export type ActiveStatement = { readonly active: true; readonly claims: Claims } | PhantomStatement

export interface PhantomStatement {
  readonly active: true
  /** The access token. */
  readonly jwt: string
  /** The members beside the JWT, which must not speak against the token either. */
  readonly beside: Claims
}

/** A response format. */
export interface Dialect {
  /** The `Accept` header that requests it. */
  readonly accept: string
  /**
   * Reads a response by its status, content type and content together: a status of 200 alone proves nothing.
   *
   * @throws or rejects with `introspection_unavailable` for any other response, or with `keys_unavailable`
   */
  read(response: BoundedResponse): Statement | Promise<Statement>
}
