import type { TokenPresentation } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createProofKey, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { active, createFakeIntrospection, createVerifier, json, keys, typed, verifierTold } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { claims, key } from './verifier-fixture.js'

const token = 'opaque'
const john = await createProofKey()
const mallory = await createProofKey()
const dpopOnly = { senderConstraint: { dpop: { publicUrl } } }

async function provedBy({ prove }: typeof john, ath = hashOf(token)): Promise<TokenPresentation> {
  return { scheme: 'DPoP', request: requestWith(await prove({ ath })) }
}

describe('an introspected token that is bound to a key', () => {
  const told = { ...active, token_type: 'DPoP', cnf: { jkt: john.jkt } }

  it('is accepted with a proof for the token as it was presented', async () => {
    const verifier = verifierTold(() => json(told), dpopOnly)
    expect(await outcome(verifier.verify(token, await provedBy(john)))).toBe('accepted')
    expect(await outcome(verifier.verify(token, await provedBy(mallory)))).toBe('invalid_token dpop_key_mismatch')
    expect(await outcome(verifier.verify(token, await provedBy(john, hashOf('other'))))).toBe('invalid_token dpop_proof_invalid')
    expect(await outcome(verifier.verify(token, { scheme: 'Bearer', request: requestWith([]) }))).toBe('invalid_token scheme_mismatch')
    expect(await outcome(verifier.verify(token))).toBe('invalid_token confirmation_unchecked')
  })

  it('is checked each time, whatever is kept', async () => {
    const fake = createFakeIntrospection(() => json(told))
    const verifier = createVerifier(fake, dpopOnly)
    const presentation = await provedBy(john)
    expect(await outcome(verifier.verify(token, presentation))).toBe('accepted')
    expect(await outcome(verifier.verify(token, presentation))).toBe('invalid_token dpop_proof_replayed')
    expect(await outcome(verifier.verify(token, await provedBy(john)))).toBe('accepted')
    expect(fake.asked).toEqual([token])
  })

  it('is one by its phantom, and the proof is for the token that was presented', async () => {
    const jwt = await key.sign({ ...claims, cnf: { jkt: john.jkt } })
    const verifier = verifierTold(() => typed('application/jwt', jwt), { ...dpopOnly, response: 'phantom', keys })
    expect(await outcome(verifier.verify(token, await provedBy(john)))).toBe('accepted')
    expect(await outcome(verifier.verify(token, await provedBy(john, hashOf(jwt))))).toBe('invalid_token dpop_proof_invalid')
  })
})

describe('an introspected token', () => {
  it('that is bound to a certificate is accepted with that one', async () => {
    const certificate = new TextEncoder().encode('the certificate of john')
    const told = { ...active, cnf: { 'x5t#S256': hashOf('the certificate of john') } }
    const verifier = verifierTold(() => json(told), { senderConstraint: { mtls: { from: 'connection' } } })
    const from = (peer: Uint8Array | undefined): TokenPresentation => ({
      scheme: 'Bearer',
      request: { ...requestWith([]), peer: { address: '192.0.2.1', certificate: peer } },
    })
    expect(await outcome(verifier.verify(token, from(certificate)))).toBe('accepted')
    expect(await outcome(verifier.verify(token, from(new Uint8Array(5))))).toBe('invalid_token certificate_mismatch')
    expect(await outcome(verifier.verify(token, from(undefined)))).toBe('invalid_token certificate_missing')
  })

  it('of the type DPoP is refused if the server binds it to a certificate alone, with that certificate too', async () => {
    const cnf = { 'x5t#S256': hashOf('the certificate of john') }
    const request = { ...requestWith([]), peer: { address: '192.0.2.1', certificate: new TextEncoder().encode('the certificate of john') } }
    for (const type of ['DPoP', 'dpop']) {
      const verifier = verifierTold(() => json({ ...active, token_type: type, cnf }), {
        senderConstraint: { mtls: { from: 'connection' } },
      })
      expect(await outcome(verifier.verify(token, { scheme: 'Bearer', request }))).toBe('invalid_token confirmation_invalid')
    }
  })

  it('that is bound to nothing can be refused', async () => {
    const verifier = verifierTold(() => json(active), { senderConstraint: { dpop: { publicUrl }, required: true } })
    expect(await outcome(verifier.verify(token))).toBe('invalid_token sender_constraint_missing')
  })

  it('under a scheme that is not supported is not asked about', async () => {
    const fake = createFakeIntrospection()
    expect(await outcome(createVerifier(fake).verify(token, await provedBy(john)))).toBe('invalid_token scheme_unsupported')
    expect(fake.asked).toEqual([])
  })

  it('is refused when the application says that it was revoked, each time anew', async () => {
    const revoked = new Set<unknown>()
    const isRevoked = (verified: { claims: Readonly<Record<string, unknown>> }) => revoked.has(verified.claims.sub)
    const verifier = verifierTold(() => json(active), { revocation: { isRevoked } })
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    revoked.add('john')
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_revoked')
  })
})
