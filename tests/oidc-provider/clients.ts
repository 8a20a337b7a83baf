import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import type { ClientMetadata } from 'oidc-provider'
import { billingAudience, ordersAudience } from './resources.js'
import type { SelfSignedCertificate } from './self-signed-certificate.js'

/** The secret is not plain base64url, so that a client that forgets to encode it is found out (RFC 6749 §2.3.1). */
const createSecret = () => `${randomBytes(24).toString('base64url')} :+/%=&`

/** The clients of the authorization server, with what they authenticate with. */
export interface Clients {
  /** Gets tokens, by `client_secret_basic`. */
  readonly shop: { readonly id: string; readonly secret: string }
  /** Gets tokens too, and is another client. */
  readonly kiosk: { readonly id: string; readonly secret: string }
  /** The orders API, as it may ask about tokens: by `client_secret_basic`. */
  readonly ordersBasic: { readonly id: string; readonly secret: string }
  /** The same, by `client_secret_post`. */
  readonly ordersPost: { readonly id: string; readonly secret: string }
  /** The same, by `private_key_jwt`. */
  readonly ordersKey: { readonly id: string; readonly privateKey: JWK }
  /** The billing API, by `client_secret_basic`. */
  readonly billing: { readonly id: string; readonly secret: string }
  /** Gets tokens that are bound to its certificate, which it authenticates with (`self_signed_tls_client_auth`). */
  readonly wallet: { readonly id: string }
  /** The orders API, by `self_signed_tls_client_auth`. */
  readonly ordersCertificate: { readonly id: string }
}

/** The certificates of the clients that authenticate with one. */
export interface ClientCertificates {
  readonly wallet: SelfSignedCertificate
  readonly ordersCertificate: SelfSignedCertificate
}

/** The audience that a client may ask about; `undefined` if it is no API. */
export function audienceOfCaller(clientId: string): string | undefined {
  if (clientId.startsWith('orders-api-')) return ordersAudience
  return clientId === 'billing-api' ? billingAudience : undefined
}

/** Clients with new secrets and keys, and what the authorization server is told of them. */
export function createClients(certificates?: ClientCertificates): { clients: Clients; metadata: ClientMetadata[] } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { d = '' } = privateKey.export({ format: 'jwk' })
  const clients: Clients = {
    shop: { id: 'shop', secret: createSecret() },
    kiosk: { id: 'kiosk', secret: createSecret() },
    ordersBasic: { id: 'orders-api-basic', secret: createSecret() },
    ordersPost: { id: 'orders-api-post', secret: createSecret() },
    ordersKey: { id: 'orders-api-key', privateKey: { ...jwkOf(publicKey), ...keyUse, d } },
    billing: { id: 'billing-api', secret: createSecret() },
    wallet: { id: 'wallet' },
    ordersCertificate: { id: 'orders-api-certificate' },
  }
  const metadata: ClientMetadata[] = [
    { ...withSecret(clients.shop), ...getsTokens },
    { ...withSecret(clients.kiosk), ...getsTokens },
    { ...withSecret(clients.ordersBasic), ...asksAboutTokens },
    { ...withSecret(clients.ordersPost), ...asksAboutTokens, token_endpoint_auth_method: 'client_secret_post' },
    { ...withKey(clients.ordersKey, publicKey), ...asksAboutTokens },
    { ...withSecret(clients.billing), ...asksAboutTokens },
  ]
  if (certificates !== undefined) {
    metadata.push(
      { ...withCertificate(clients.wallet, certificates.wallet), ...getsTokens, tls_client_certificate_bound_access_tokens: true },
      { ...withCertificate(clients.ordersCertificate, certificates.ordersCertificate), ...asksAboutTokens },
    )
  }
  return { clients, metadata }
}

const keyUse = { kid: 'orders-api-1', alg: 'ES256', use: 'sig' }

/** Nobody logs in here, so nobody is sent back. */
const noLogins: Partial<ClientMetadata> = { redirect_uris: [], response_types: [] }
const getsTokens: Partial<ClientMetadata> = { ...noLogins, grant_types: ['client_credentials'] }
const asksAboutTokens: Partial<ClientMetadata> = { ...noLogins, grant_types: [], introspection_signed_response_alg: 'ES256' }

function withSecret({ id, secret }: { id: string; secret: string }): ClientMetadata {
  return { client_id: id, client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' }
}

function withKey({ id }: Clients['ordersKey'], publicKey: KeyObject): ClientMetadata {
  return {
    client_id: id,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [{ ...jwkOf(publicKey), ...keyUse }] },
  }
}

function withCertificate({ id }: { id: string }, { publicKey, der }: SelfSignedCertificate): ClientMetadata {
  return {
    client_id: id,
    token_endpoint_auth_method: 'self_signed_tls_client_auth',
    jwks: { keys: [{ ...jwkOf(publicKey), x5c: [der.toString('base64')] }] },
  }
}

function jwkOf(key: KeyObject): { kty: 'EC'; crv: string; x: string; y: string } {
  const { crv = '', x = '', y = '' } = key.export({ format: 'jwk' })
  return { kty: 'EC', crv, x, y }
}
