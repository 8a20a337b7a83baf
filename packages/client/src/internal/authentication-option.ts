import { ConfigurationError } from '@bailiwick/protocol'
import type { ClientAuthentication, SigningKey } from '../client-authentication.js'
import { requireKnownOptions } from './known-options.js'

const keyMembers = ['privateKey', 'algorithm', 'kid']
const members: Readonly<Record<ClientAuthentication['method'], readonly string[]>> = {
  none: ['method'],
  client_secret_basic: ['method', 'clientSecret'],
  client_secret_post: ['method', 'clientSecret'],
  client_secret_jwt: ['method', 'clientSecret'],
  private_key_jwt: ['method', ...keyMembers],
  tls_client_auth: ['method'],
  self_signed_tls_client_auth: ['method'],
}

/**
 * Checks how the client is to prove who it is. That a key can sign is seen at its first use.
 *
 * @throws {ConfigurationError} naming the member and the fix, and no secret
 */
export function requireAuthentication(authentication: ClientAuthentication): ClientAuthentication {
  const method: unknown = authentication?.method
  if (typeof method !== 'string' || !Object.hasOwn(members, method)) {
    throw new ConfigurationError(`authentication.method must be one of ${Object.keys(members).join(', ')}.`)
  }
  requireKnownOptions(authentication, members[authentication.method], 'authentication')
  if (members[authentication.method].includes('clientSecret')) requireSecret(authentication)
  if (authentication.method === 'private_key_jwt') requireSigningKey('authentication', authentication)
  return authentication
}

/** Checks what signs requests. @throws {ConfigurationError} naming the member and the fix */
export function requireRequestObject(requestObject: SigningKey): SigningKey {
  requireKnownOptions(requestObject, keyMembers, 'requestObject')
  requireSigningKey('requestObject', requestObject)
  return requestObject
}

function requireSecret({ clientSecret, method }: { readonly clientSecret?: unknown; readonly method: string }): void {
  if (typeof clientSecret !== 'string' || clientSecret === '') {
    throw new ConfigurationError('authentication.clientSecret is missing: give it as the server has issued it.')
  }
  if (method === 'client_secret_jwt' && new TextEncoder().encode(clientSecret).length < 32) {
    throw new ConfigurationError('authentication.clientSecret has fewer than 32 bytes, too few for client_secret_jwt (HS256).')
  }
}

function requireSigningKey(option: string, { privateKey }: Partial<SigningKey>): void {
  if (!privateKey) throw new ConfigurationError(`${option}.privateKey is missing: give it a private CryptoKey or JWK.`)
}
