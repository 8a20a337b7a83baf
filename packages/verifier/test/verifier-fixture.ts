import { createJwtVerifier, type JwtVerifier } from '../src/jwt-verifier.js'
import type { JwtVerifierOptions } from '../src/jwt-verifier-options.js'
import { createTestKey } from './token-factory.js'

export const issuer = 'https://login.example.com'
export const audience = 'orders-api'
export const now = Date.UTC(2026, 0, 1)
export const nowSeconds = now / 1000

export const key = await createTestKey('2026', 'ES256')
export const rsaKey = await createTestKey('rsa', 'RS256')

/** The claims of a good token, to be spoilt one by one. */
export const claims = {
  iss: issuer,
  aud: audience,
  sub: 'john',
  client_id: 'shop',
  iat: nowSeconds - 10,
  exp: nowSeconds + 300,
  jti: 'dbe39bf3a3ba4238a513f51d6e1691c4',
  scope: 'orders_read',
}

/** A verifier that knows the two keys, on a clock that stands still. A fetch is a fault of the test. */
export function createVerifier(options: Partial<JwtVerifierOptions> = {}): JwtVerifier {
  return createJwtVerifier({
    issuer,
    audience,
    keys: { jwks: { keys: [key.jwk, rsaKey.jwk] } },
    fetch: () => Promise.reject(new Error('nothing is to be fetched')),
    now: () => now,
    ...options,
  })
}
