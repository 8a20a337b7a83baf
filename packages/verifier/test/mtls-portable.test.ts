import type { RequestLike, TokenScheme } from '@bailiwick/protocol'
import { describe, expect, it, vi } from 'vitest'
import { createClientCertificate } from './client-certificates.js'
import { createProofKey, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { outcome } from './verdict.js'
import { claims, createVerifier, key } from './verifier-fixture.js'

vi.mock('#platform', () => import('../src/internal/platform/portable.js'))

const john = await createClientCertificate('john')
const mallory = await createClientCertificate('mallory')
const proofKey = await createProofKey()
const verifier = createVerifier({ senderConstraint: { mtls: { from: 'connection' }, dpop: { publicUrl } } })

const over = ({ certificateDer }: typeof john, request = requestWith([])): RequestLike => ({
  ...request,
  peer: { address: '127.0.0.1', certificate: certificateDer },
})
const present = (token: string, scheme: TokenScheme, request: RequestLike) => outcome(verifier.verify(token, { scheme, request }))

describe('where hashing and signatures take a promise', () => {
  it('a token that is bound to a certificate is accepted with it, and with no other', async () => {
    const token = await key.sign({ ...claims, cnf: { 'x5t#S256': john.thumbprint } })
    expect(await present(token, 'Bearer', over(john))).toBe('accepted')
    expect(await present(token, 'Bearer', over(mallory))).toBe('invalid_token certificate_mismatch')
    expect(await present(token, 'Bearer', requestWith([]))).toBe('invalid_token certificate_missing')
  })

  it('a token that is bound to a key too uses up the proof after the certificate was found to be right', async () => {
    const token = await key.sign({ ...claims, cnf: { 'x5t#S256': john.thumbprint, jkt: proofKey.jkt } })
    const request = requestWith(await proofKey.prove({ ath: hashOf(token) }))
    expect(await present(token, 'DPoP', over(mallory, request))).toBe('invalid_token certificate_mismatch')
    expect(await present(token, 'DPoP', over(john, request))).toBe('accepted')
    expect(await present(token, 'DPoP', over(john, request))).toBe('invalid_token dpop_proof_replayed')
  })
})
