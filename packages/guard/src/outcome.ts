import type { Principal } from './principal.js'
import type { Refused } from './refusal.js'

/** Who is calling. */
export type AuthenticationOutcome<Claims> = Authenticated<Claims> | Anonymous | Refused

/** The token is good, and keeps to the contract. */
export interface Authenticated<out Claims> {
  readonly kind: 'authenticated'
  readonly principal: Principal<Claims>
  /** To be set on whatever response follows, a refusal by a guard included. Absent when there is nothing to set. */
  readonly headers?: AuthenticatedHeaders | undefined
}

/**
 * What the response to a DPoP request brings where nonces are demanded: the nonce for the client's next proof, so that it
 * need not be refused first. Such a response is not to be cached, or it would bring an old nonce.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-8.2 RFC 9449 §8.2}
 */
export interface AuthenticatedHeaders {
  readonly 'DPoP-Nonce': string
  readonly 'Cache-Control': 'no-store'
}

/** There is no token, and none was required. */
export interface Anonymous {
  readonly kind: 'anonymous'
}

/** Whether they may. */
export type AuthorizationOutcome<Claims> = AuthorizedPrincipal<Claims> | Refused

/** The guard is satisfied: `principal` is the one that was asked about, with what the guard proves of its claims. */
export interface AuthorizedPrincipal<out Claims> {
  readonly kind: 'allowed'
  readonly principal: Principal<Claims>
}
