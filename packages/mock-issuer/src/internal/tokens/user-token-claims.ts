import type { AccessTokenClaims } from '../../access-token.js'
import type { UserGrant } from './grant.js'

/**
 * The claims of an access token for a user: the user's own, and those that say who logged in where and when (RFC 9068
 * §2.2.1, §2.2.3), which the user's cannot replace.
 */
export function userTokenClaims(grant: UserGrant, scopes: readonly string[]): AccessTokenClaims {
  const { user, clientId } = grant
  return { ...user.claims, sub: user.sub, client_id: clientId, ...authenticationClaims(grant), scope: scopeClaim(scopes) }
}

/** When and how the user logged in (RFC 9470 §6.1, OpenID Connect Core 1.0 §2). What is not known is left to the user's own claims. */
export function authenticationClaims({ authTimeSeconds, acr, amr }: UserGrant): Record<string, unknown> {
  return { auth_time: authTimeSeconds, ...(acr === undefined ? {} : { acr }), ...(amr === undefined ? {} : { amr }) }
}

/** The `scope` claim: absent rather than empty (RFC 9068 §2.2.3). */
export function scopeClaim(scopes: readonly string[]): string | undefined {
  return scopes.length === 0 ? undefined : scopes.join(' ')
}
