import type { IssuerClient } from '../../client.js'
import type { GrantType } from '../../grant-type.js'
import { isPublicClient } from '../client-authentication/registered-methods.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'

/** The grants that a client may use: those that it lists, or else the ones that its redirect URIs and its secret are for. */
export function clientGrantTypes(client: IssuerClient): readonly GrantType[] {
  const { grantTypes, redirectUris = [] } = client
  if (grantTypes !== undefined) return grantTypes
  return [
    ...(redirectUris.length > 0 ? (['authorization_code', 'refresh_token'] as const) : []),
    ...(isPublicClient(client) ? [] : (['client_credentials'] as const)),
  ]
}

/** Whether a client may use a grant. */
export function mayUseGrant(client: IssuerClient, grantType: GrantType): boolean {
  return clientGrantTypes(client).includes(grantType)
}

/**
 * Requires that a client may use a grant.
 * @throws {OAuthRefusal} `unauthorized_client` (RFC 6749 §5.2)
 */
export function requireGrantType(client: IssuerClient, grantType: GrantType): void {
  if (mayUseGrant(client, grantType)) return
  throw new OAuthRefusal('unauthorized_client', `The client is not registered for the grant ${grantType}.`)
}
