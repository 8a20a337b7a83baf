import type { IssuerUser } from '../../user.js'
import type { TokenTarget } from '../resource/token-target.js'

/**
 * What one authorization gave rise to: every code, access token and refresh token of it points here, so that revoking
 * the grant ends all of them at once.
 */
export interface Grant {
  readonly clientId: string
  revoked: boolean
}

/** What a user granted to a client by logging in. */
export interface UserGrant extends Grant {
  readonly user: IssuerUser
  readonly scopes: readonly string[]
  /** When the user logged in, in seconds since the epoch. */
  readonly authTimeSeconds: number
  /** What the tokens may be for besides the scopes. Default: the issuer's audience, and no details. */
  readonly target?: TokenTarget | undefined
  /** How the user logged in (RFC 9470 §6.1). */
  readonly acr?: string | undefined
  readonly amr?: readonly string[] | undefined
  /** The `sid` of the browser session that the login belongs to, if it belongs to one. */
  readonly sessionId?: string | undefined
}

/** Starts a grant that has no user, or none that is known. */
export function createGrant(clientId: string): Grant {
  return { clientId, revoked: false }
}
