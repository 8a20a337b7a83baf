import { type Client, createClient } from '@bailiwick/client'

/**
 * The tool as the server knows it: public, since whoever has the tool could read a secret in it. The redirect URI has no port: each login takes
 * one that is free.
 */
export function createShopClient(issuer: string): Client {
  return createClient({
    issuer,
    clientId: 'shop-cli',
    authentication: { method: 'none' },
    redirectUri: 'http://127.0.0.1/callback',
    scope: 'openid profile offline_access',
  })
}
