import type { Session } from '../sessions/session.js'
import type { AuthorizationRequest } from './authorization-request.js'

/**
 * The scopes that may be granted without anyone being asked: `offline_access` is among them only if the client asks for consent
 * (`prompt=consent`), or got it in this session before. Otherwise it is ignored, and the rest of the request goes on.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess OpenID Connect Core 1.0 §11}
 */
export function scopesWithoutAsking({ client, scopes, demands }: AuthorizationRequest, session: Session | undefined): readonly string[] {
  const consented = demands.prompts.includes('consent') || session?.clients.get(client.clientId)?.has('offline_access') === true
  return consented ? scopes : scopes.filter((scope) => scope !== 'offline_access')
}
