import type { IssuerUser } from '../../user.js'
import type { TokenTarget } from '../resource/token-target.js'
import type { UserGrant } from '../tokens/grant.js'
import type { Session } from './session.js'

export interface SessionGrantInput {
  readonly session: Session
  readonly clientId: string
  readonly user: IssuerUser
  readonly scopes: readonly string[]
  readonly acr: string
  readonly target: TokenTarget
}

/**
 * What a user grants in a session. It ends with the session, so that a logged-out user's refresh tokens are of no use; unless
 * `offline_access` was granted, which asks for access when the user is away (OpenID Connect Back-Channel Logout 1.0 §2.7).
 */
export function createSessionGrant({ session, clientId, user, scopes, acr, target }: SessionGrantInput): UserGrant {
  let revoked = false
  const { authTimeSeconds, level } = session
  return {
    clientId,
    user,
    scopes,
    acr,
    target,
    authTimeSeconds,
    amr: level.amr,
    sessionId: session.id,
    // Read through, rather than revoked one by one: a session may have more grants than it could remember.
    get revoked() {
      return revoked || (session.ended && !scopes.includes('offline_access'))
    },
    set revoked(value) {
      revoked = value
    },
  }
}
