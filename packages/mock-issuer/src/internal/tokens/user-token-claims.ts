import type { AccessTokenClaims } from '../../access-token.js'
import type { UserGrant } from './grant.js'

/**
 * The claims of an access token for a user: the user's own, and those that say who logged in where and when (RFC 9068
 * §2.2.1, §2.2.3), which the user's cannot replace.
 */
export function userTokenClaims({ user, clientId, authTimeSeconds }: UserGrant, scopes: readonly string[]): AccessTokenClaims {
  return { ...user.claims, sub: user.sub, client_id: clientId, auth_time: authTimeSeconds, scope: scopeClaim(scopes) }
}

/** The `scope` claim: absent rather than empty (RFC 9068 §2.2.3). */
export function scopeClaim(scopes: readonly string[]): string | undefined {
  return scopes.length === 0 ? undefined : scopes.join(' ')
}
