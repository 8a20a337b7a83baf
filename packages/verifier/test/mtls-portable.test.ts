import type { RequestLike, TokenScheme } from '@bailiwick/protocol'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { JwtVerifier } from '../src/jwt-verifier.js'
import * as portable from '../src/internal/platform/portable.js'
import { createClientCertificate } from './client-certificates.js'
import { createProofKey, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { audience, claims, issuer, key, now } from './verifier-fixture.js'

const john = await createClientCertificate('john')
const mallory = await createClientCertificate('mallory')
const proofKey = await createProofKey()
const sha256 = vi.fn<typeof portable.sha256>(portable.sha256)
let verifier: JwtVerifier

// Other test files may have loaded the modules for Node in this process before.
beforeAll(async () => {
  vi.doMock('#platform', () => ({ ...portable, sha256 }))
  vi.resetModules()
  const { createJwtVerifier } = await import('../src/jwt-verifier.js')
  verifier = createJwtVerifier({
    issuer,
    audience,
    keys: { jwks: { keys: [key.jwk] } },
    senderConstraint: { mtls: { from: 'connection' }, dpop: { publicUrl } },
    now: () => now,
  })
})
afterAll(() => {
  vi.doUnmock('#platform')
  vi.resetModules()
})

const over = ({ certificateDer }: typeof john, request = requestWith([])): RequestLike => ({
  ...request,
  peer: { address: '127.0.0.1', certificate: certificateDer },
})

function present(token: string, scheme: TokenScheme, request: RequestLike): Promise<string> {
  return verifier.verify(token, { scheme, request }).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  )
}

describe('where hashing and signatures take a promise', () => {
  it('a token that is bound to a certificate is accepted with it, and with no other', async () => {
    const token = await key.sign({ ...claims, cnf: { 'x5t#S256': john.thumbprint } })
    expect(await present(token, 'Bearer', over(john))).toBe('accepted')
    expect(await present(token, 'Bearer', over(mallory))).toBe('certificate_mismatch')
    expect(await present(token, 'Bearer', requestWith([]))).toBe('certificate_missing')
    expect(sha256.mock.calls.map(([data]) => data)).toEqual([john.certificateDer, mallory.certificateDer])
  })

  it('a token that is bound to a key too uses up the proof after the certificate was found to be right', async () => {
    const token = await key.sign({ ...claims, cnf: { 'x5t#S256': john.thumbprint, jkt: proofKey.jkt } })
    const request = requestWith(await proofKey.prove({ ath: hashOf(token) }))
    expect(await present(token, 'DPoP', over(mallory, request))).toBe('certificate_mismatch')
    expect(await present(token, 'DPoP', over(john, request))).toBe('accepted')
    expect(await present(token, 'DPoP', over(john, request))).toBe('dpop_proof_replayed')
  })
})
