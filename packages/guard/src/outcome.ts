import type { Principal } from './principal.js'
import type { Refused } from './refusal.js'

/** Who is calling. */
export type AuthenticationOutcome<Claims> = Authenticated<Claims> | Anonymous | Refused

/** The token is good, and keeps to the contract. */
export interface Authenticated<out Claims> {
  readonly kind: 'authenticated'
  readonly principal: Principal<Claims>
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
