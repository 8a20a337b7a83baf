import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import { type ClientMetadata, type Configuration, errors } from 'oidc-provider'
import { type ServedProvider, serveProvider } from './served-provider.js'

export const redirectUri = 'https://shop.example.com/callback'
export const ordersApi = 'https://orders.example.com'

/** How a client of the strict server authenticates. */
export interface StrictClients {
  readonly shop: { readonly clientId: 'shop'; readonly secret: string }
  readonly wallet: { readonly clientId: 'wallet'; readonly privateKey: JWK }
  readonly app: { readonly clientId: 'app' }
}

/** A certified authorization server that takes nothing but what is best: PKCE, pushed requests, nonces in proofs, refresh tokens that rotate. */
export interface StrictProvider extends ServedProvider {
  readonly clients: StrictClients
}

/**
 * Starts one on a socket of this machine. Its clients are `shop` (a secret), `wallet` (a key, and every request signed) and `app` (public, and DPoP alone),
 * which is in a browser if it has an origin.
 */
export async function startStrictProvider(appOrigin?: string): Promise<StrictProvider> {
  const { clients, metadata } = createClients(appOrigin)
  return { ...(await serveProvider(strictConfiguration(metadata))), clients }
}

function createClients(appOrigin: string | undefined): { clients: StrictClients; metadata: ClientMetadata[] } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const named = { kid: 'wallet-1', alg: 'ES256', use: 'sig' }
  const clients: StrictClients = {
    shop: { clientId: 'shop', secret: `${randomBytes(24).toString('base64url')} :+/%=&` },
    wallet: { clientId: 'wallet', privateKey: { ...privateKey.export({ format: 'jwk' }), ...named } },
    app: { clientId: 'app' },
  }
  const codeFlow: Partial<ClientMetadata> = {
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'ES256',
  }
  return {
    clients,
    metadata: [
      { ...codeFlow, client_id: 'shop', client_secret: clients.shop.secret, token_endpoint_auth_method: 'client_secret_basic' },
      {
        ...codeFlow,
        client_id: 'wallet',
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        request_object_signing_alg: 'ES256',
        require_signed_request_object: true,
        dpop_bound_access_tokens: true,
        jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), ...named }] },
      },
      {
        ...codeFlow,
        ...(appOrigin !== undefined && { redirect_uris: [`${appOrigin}/callback`], post_logout_redirect_uris: [`${appOrigin}/`] }),
        client_id: 'app',
        token_endpoint_auth_method: 'none',
        dpop_bound_access_tokens: true,
      },
    ],
  }
}

function strictConfiguration(clients: ClientMetadata[]): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    clients,
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'first', alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clientAuthMethods: ['none', 'client_secret_basic', 'private_key_jwt'],
    pkce: { methods: ['S256'], required: () => true },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    rotateRefreshToken: true,
    clientBasedCORS: (_ctx, origin, client) => client.redirectUris?.some((uri) => new URL(uri).origin === origin) ?? false,
    issueRefreshToken: async () => true,
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 3600, IdToken: 300, Interaction: 600, RefreshToken: 3600, Session: 3600 },
    features: {
      devInteractions: { enabled: true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      requestObjects: { request: true },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo(_ctx, resource) {
          if (resource !== ordersApi) throw new errors.InvalidTarget()
          return { scope: 'orders_read', audience: ordersApi, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }
        },
        useGrantedResource: () => true,
      },
    },
  }
}
