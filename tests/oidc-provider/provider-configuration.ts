import { generateKeyPairSync, randomBytes, type X509Certificate } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import type { AdapterFactory, ClientMetadata, Configuration, JWK } from 'oidc-provider'
import { audienceOfCaller } from './clients.js'
import { resourceServerOf } from './resources.js'

export interface ProviderConfigurationInput {
  readonly clients: ClientMetadata[]
  readonly keys: JWK[]
  readonly adapter: AdapterFactory
}

/** What is the same for every authorization server of these tests; secrets are made anew for each process. */
export function createProviderConfiguration({ clients, keys, adapter }: ProviderConfigurationInput): Configuration {
  return {
    clients,
    adapter,
    jwks: { keys },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    ttl: { ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? 600 },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'self_signed_tls_client_auth'],
    extraTokenClaims: () => ({ account_nr: '42' }),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      jwtIntrospection: { enabled: true },
      introspection: {
        enabled: true,
        // An API is told of the tokens that are for it, whoever they were issued to.
        allowedPolicy: (_ctx, caller, token) => 'aud' in token && token.aud === audienceOfCaller(caller.clientId),
      },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, resource) => resourceServerOf(resource),
      },
      dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        selfSignedTlsClientAuth: true,
        getCertificate: ({ socket }) => certificateOf(socket),
      },
    },
  }
}

/** Dear to make, and no test is about its being another one. */
const rsaKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A key for each algorithm that tokens and introspection responses are signed with. That for ES256 is a new one. */
export function createSigningKeys(name: string): JWK[] {
  const pairs = { ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }), RS256: rsaKeys }
  return Object.entries(pairs).map(([alg, { privateKey }]) => ({
    ...(privateKey.export({ format: 'jwk' }) as JWK),
    kid: `${name}-${alg}`,
    alg,
    use: 'sig',
  }))
}

function certificateOf(socket: object): X509Certificate | undefined {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
}
