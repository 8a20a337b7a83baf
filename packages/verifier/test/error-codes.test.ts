import { isVerificationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { AccessTokenError, type AccessTokenErrorCode } from '../src/access-token-error.js'
import { rawToken } from './raw-token.js'
import { claims, createVerifier, key, nowSeconds } from './verifier-fixture.js'

const verifier = createVerifier()
const request = { method: 'GET', url: '/orders', headers: new Headers() }

/** One way to each code; the compiler asks for one when a code is added. */
const ways: Record<AccessTokenErrorCode, () => Promise<unknown>> = {
  token_too_large: () => verifier.verify('x'.repeat(16_385)),
  token_malformed: () => verifier.verify('x'),
  token_encrypted: () => verifier.verify('e30.e30.e30.e30.e30'),
  header_malformed: () => verifier.verify(rawToken('[]', claims)),
  critical_header_unknown: () => verifier.verify(rawToken({ alg: 'ES256', crit: ['x'], x: 1 }, claims)),
  algorithm_not_allowed: () => verifier.verify(rawToken({ alg: 'none' }, claims, '')),
  token_type_rejected: () => verifier.verify(rawToken({ alg: 'ES256', typ: 'dpop+jwt' }, claims)),
  scheme_unsupported: () => verifier.verify('x', { scheme: 'DPoP', request }),
  key_not_found: () => verifier.verify(rawToken({ alg: 'ES256', kid: 'unknown' }, claims)),
  key_unsuitable: () => verifier.verify(rawToken({ alg: 'RS256', kid: '2026' }, claims)),
  signature_invalid: () => verifier.verify(rawToken({ alg: 'ES256', kid: '2026' }, claims)),
  claims_malformed: async () => verifier.verify(await key.sign('[]')),
  claim_missing: async () => verifier.verify(await key.sign({ ...claims, exp: undefined })),
  claim_invalid: async () => verifier.verify(await key.sign({ ...claims, exp: '1' })),
  issuer_mismatch: async () => verifier.verify(await key.sign({ ...claims, iss: 'https://evil.example' })),
  audience_mismatch: async () => verifier.verify(await key.sign({ ...claims, aud: 'billing-api' })),
  token_expired: async () => verifier.verify(await key.sign({ ...claims, exp: nowSeconds })),
  token_not_yet_valid: async () => verifier.verify(await key.sign({ ...claims, nbf: nowSeconds + 1 })),
  token_too_old: async () => createVerifier({ maxTokenAgeSeconds: 1 }).verify(await key.sign(claims)),
  confirmation_unchecked: async () => verifier.verify(await key.sign({ ...claims, cnf: {} })),
  keys_unavailable: async () => createVerifier({ keys: { jwksUri: 'https://login.example.com/jwks' } }).verify(await key.sign(claims)),
}

describe('the code', () => {
  it.each(Object.entries(ways))('%s is reached, with the outcome that it stands for', async (code, way) => {
    const error: unknown = await way().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AccessTokenError)
    expect(isVerificationError(error)).toBe(true)
    expect(error).toMatchObject({ code, name: 'AccessTokenError', outcome: code === 'keys_unavailable' ? 'unavailable' : 'invalid_token' })
  })

  it('keys_unavailable says when to come back, and no other does', async () => {
    for (const [code, way] of Object.entries(ways)) {
      const error = (await way().catch((reason: unknown) => reason)) as AccessTokenError
      expect(error.retryAfterSeconds).toBe(code === 'keys_unavailable' ? 2 : undefined)
    }
  })
})
