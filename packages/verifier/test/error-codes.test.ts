import { isVerificationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { AccessTokenError, type AccessTokenErrorCode } from '../src/access-token-error.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import { createProofKey, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { createFakeIntrospection, createVerifier as createIntrospection, json } from './introspection-fixture.js'
import { rawToken } from './raw-token.js'
import { claims, createVerifier, key, now, nowSeconds } from './verifier-fixture.js'

const verifier = createVerifier()
const request = { method: 'GET', url: '/orders', headers: new Headers() }

const proofKey = await createProofKey()
const boundToken = await key.sign({ ...claims, cnf: { jkt: proofKey.jkt } })
const certifiedToken = await key.sign({ ...claims, cnf: { 'x5t#S256': 'A'.repeat(43) } })
const dpop = { publicUrl }

/** Presents a token that is bound to the key, with a proof that differs from a good one in these claims. */
async function prove(proofClaims: object = {}, options: object = {}, token = boundToken, signer = proofKey) {
  const proof = await signer.prove({ ath: hashOf(token), ...proofClaims })
  const bound = createVerifier({ senderConstraint: { dpop: { ...dpop, ...options } } })
  return { bound, present: () => bound.verify(token, { scheme: 'DPoP', request: requestWith(proof) }) }
}

const mtls = createVerifier({ senderConstraint: { mtls: { from: 'connection' } } })
const connected = (certificate?: Uint8Array) => ({ ...request, peer: { address: '192.0.2.1', certificate } })
const many = (resolve: () => undefined) => createMultiIssuerVerifier({ issuers: { isTrusted: () => true, resolve }, now: () => now })

/** One way to each code; the compiler asks for one when a code is added. */
const ways: Record<AccessTokenErrorCode, () => Promise<unknown>> = {
  token_too_large: () => verifier.verify('x'.repeat(16_385)),
  token_malformed: () => verifier.verify('x'),
  token_encrypted: () => verifier.verify('e30.e30.e30.e30.e30'),
  header_malformed: () => verifier.verify(rawToken('[]', claims)),
  critical_header_unknown: () => verifier.verify(rawToken({ alg: 'ES256', crit: ['x'], x: 1 }, claims)),
  algorithm_not_allowed: () => verifier.verify(rawToken({ alg: 'none' }, claims, '')),
  token_type_rejected: () => verifier.verify(rawToken({ alg: 'ES256', typ: 'dpop+jwt' }, claims)),
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
  token_inactive: () => createIntrospection(createFakeIntrospection(() => json({ active: false }))).verify('opaque'),
  token_revoked: async () => createVerifier({ revocation: { isRevoked: () => true } }).verify(await key.sign(claims)),
  issuer_unknown: async () => many(() => undefined).verify(await key.sign(claims)),
  confirmation_invalid: async () => verifier.verify(await key.sign({ ...claims, cnf: {} }), { scheme: 'Bearer', request }),
  confirmation_unchecked: async () => verifier.verify(await key.sign({ ...claims, cnf: { x: 1 } }), { scheme: 'Bearer', request }),
  sender_constraint_missing: async () => createVerifier({ senderConstraint: { dpop, required: true } }).verify(await key.sign(claims)),
  scheme_unsupported: () => verifier.verify('x', { scheme: 'DPoP', request }),
  scheme_mismatch: async () => (await prove()).bound.verify(boundToken, { scheme: 'Bearer', request }),
  dpop_proof_missing: async () => (await prove()).bound.verify(boundToken, { scheme: 'DPoP', request }),
  dpop_proof_invalid: async () => (await prove({ htm: 'POST' })).present(),
  dpop_proof_stale: async () => (await prove({ iat: nowSeconds - 61 })).present(),
  dpop_proof_replayed: async () => {
    const { present } = await prove()
    await present()
    return present()
  },
  dpop_nonce_required: async () => (await prove({}, { nonce: { secret: new Uint8Array(32) } })).present(),
  dpop_key_mismatch: async () => (await prove({}, {}, boundToken, await createProofKey())).present(),
  certificate_missing: () => mtls.verify(certifiedToken, { scheme: 'Bearer', request: connected() }),
  certificate_mismatch: () => mtls.verify(certifiedToken, { scheme: 'Bearer', request: connected(new Uint8Array([0x30, 0])) }),
  introspection_unavailable: () => createIntrospection(createFakeIntrospection(() => json('<html>'))).verify('opaque'),
  issuer_unavailable: async () =>
    many(() => {
      throw new Error('down')
    }).verify(await key.sign(claims)),
  revocation_unavailable: async () =>
    createVerifier({ revocation: { isRevoked: () => Promise.reject(new Error('down')) } }).verify(await key.sign(claims)),
  replay_unavailable: async () => (await prove({}, { replayStore: { add: () => Promise.reject(new Error('down')) } })).present(),
  keys_unavailable: async () => createVerifier({ keys: { jwksUri: 'https://login.example.com/jwks' } }).verify(await key.sign(claims)),
}

const isUnavailable = (code: string) => code.endsWith('_unavailable')

describe('the code', () => {
  it.each(Object.entries(ways))('%s is reached, with the outcome that it stands for', async (code, way) => {
    const error: unknown = await way().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AccessTokenError)
    expect(isVerificationError(error)).toBe(true)
    expect(error).toMatchObject({ code, name: 'AccessTokenError', outcome: isUnavailable(code) ? 'unavailable' : 'invalid_token' })
  })

  it('says when to come back if it is that of an outage, and never otherwise', async () => {
    for (const [code, way] of Object.entries(ways)) {
      const { retryAfterSeconds } = (await way().catch((reason: unknown) => reason)) as AccessTokenError
      expect([code, typeof retryAfterSeconds]).toEqual([code, isUnavailable(code) ? 'number' : 'undefined'])
    }
  })

  it('has a DPoP challenge say what RFC 9449 has for it', async () => {
    const errors = await Promise.all(Object.values(ways).map((way) => way().catch((reason: unknown) => reason)))
    const codesWith = (challengeError: string) =>
      errors
        .filter((error) => error instanceof AccessTokenError && error.challengeError === challengeError)
        .map((error) => (error as AccessTokenError).code)
    expect(codesWith('use_dpop_nonce')).toEqual(['dpop_nonce_required'])
    expect(codesWith('invalid_dpop_proof')).toEqual(['dpop_proof_missing', 'dpop_proof_invalid', 'dpop_proof_stale', 'dpop_proof_replayed'])
  })
})
