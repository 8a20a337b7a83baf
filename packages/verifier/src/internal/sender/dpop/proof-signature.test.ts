import { expect, it } from 'vitest'
import { createProofKey } from '../../../../test/dpop-fixture.js'
import { outcome } from '../../../../test/verdict.js'
import type { VerificationKey } from '../../../key-source.js'
import { readProofKey } from './proof-key.js'
import { checkProofSignature } from './proof-signature.js'

const client = await createProofKey('ES256')
const key = readProofKey({ jwk: client.jwk }, 'ES256')

it('lets pass what the key signed, and nothing else', async () => {
  const proof = await client.prove()
  expect(await outcome(checkProofSignature(proof, key, 'ES256'))).toBe('accepted')
  const other = await (await createProofKey('ES256')).prove()
  expect(await outcome(checkProofSignature(other, key, 'ES256'))).toBe('invalid_token dpop_proof_invalid')
  const unsigned = proof.slice(0, proof.lastIndexOf('.') + 1)
  expect(await outcome(checkProofSignature(unsigned, key, 'ES256'))).toBe('invalid_token dpop_proof_invalid')
})

it('counts a point that is not on its curve as a bad proof', async () => {
  const offCurve = readProofKey({ jwk: { ...client.jwk, y: client.jwk.x } }, 'ES256')
  expect(await outcome(checkProofSignature(await client.prove(), offCurve, 'ES256'))).toBe('invalid_token dpop_proof_invalid')
})

it.each([
  ['a modulus of 8192 bits', { n: Buffer.alloc(1024, 0xff).toString('base64url') }],
  ['a large exponent', { e: Buffer.alloc(8, 0xff).toString('base64url') }],
])('does not hold up others with an RSA key of %s', async (_, members) => {
  const { jwk } = await createProofKey('RS256')
  const dear: VerificationKey = readProofKey({ jwk: { ...jwk, ...members } }, 'RS256')
  expect(dear.signed(await client.prove(), 'RS256')).toBeInstanceOf(Promise)
})
