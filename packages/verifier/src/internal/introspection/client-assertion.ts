import { ConfigurationError } from '@bailiwick/protocol'
import { type CryptoKey, importJWK, type JWK, SignJWT } from 'jose'
import { isSigningAlgorithm } from '../../algorithms.js'
import type { PrivateKeyAuthentication } from '../../introspection-client-options.js'

/** Who asserts, and to whom. */
export interface ClientAssertionInput {
  readonly clientId: string
  readonly issuer: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The lifetime of an assertion, which is sent at once. */
const lifetimeSeconds = 60

/**
 * Makes client assertions, a new one for each request, since servers accept each `jti` once. There is no `nbf`: a server whose
 * clock is a second behind would refuse it. `aud` is the issuer only, so that no other server can use it.
 *
 * @throws {ConfigurationError} for a key that cannot sign, or no algorithm
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-3 RFC 7523 §3}
 */
export function createClientAssertion(
  { privateKey, algorithm, kid }: PrivateKeyAuthentication,
  { clientId, issuer, now }: ClientAssertionInput,
): () => Promise<string> {
  const jwk = isCryptoKey(privateKey) ? undefined : readPrivateJwk(privateKey)
  const alg = algorithm ?? jwk?.alg
  if (!isSigningAlgorithm(alg)) {
    throw new ConfigurationError(
      'client.authentication.algorithm must be a signature algorithm such as ES256: the private key does not say one that is supported',
    )
  }
  const header = { alg, ...namedBy(kid ?? jwk?.kid) }
  // The key and not its promise: on Workers a promise dies with the request that created it.
  let imported: CryptoKey | Uint8Array | undefined

  return async () => {
    imported ??= isCryptoKey(privateKey) ? privateKey : await importJWK(privateKey, alg)
    const issuedAt = Math.floor(now() / 1000)
    return new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader(header)
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(issuer)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds)
      .sign(imported)
  }
}

function isCryptoKey(key: CryptoKey | JWK): key is CryptoKey {
  if (typeof key !== 'object' || key === null) throw notPrivate()
  if (!('algorithm' in key && 'usages' in key)) return false
  if (key.type !== 'private') throw notPrivate()
  return true
}

function readPrivateJwk(jwk: JWK): JWK {
  if (typeof jwk.d !== 'string' || jwk.kty === 'oct') throw notPrivate()
  return jwk
}

function namedBy(kid: unknown): { kid?: string } {
  return typeof kid === 'string' ? { kid } : {}
}

function notPrivate(): ConfigurationError {
  return new ConfigurationError('client.authentication.privateKey must be a private key: a CryptoKey that may sign, or a JWK with d')
}
