import { readCredentials } from '@bailiwick/protocol'
import { expect, it } from 'vitest'
import { createProofKey, hashOf, requestWith } from '../dpop-fixture.js'
import { claims, createVerifier, key, nowSeconds } from '../verifier-fixture.js'
import { outcome } from '../verdict.js'

const publicUrl = 'https://api.example.com'
const client = await createProofKey()
const dpop = { publicUrl }

async function boundToken(jkt: unknown = client.jkt): Promise<string> {
  return key.sign({ ...claims, cnf: { jkt } })
}

it('a token in Proxy-Authorization is none', () => {
  const headers = new Headers({ 'proxy-authorization': 'DPoP abc' })
  expect(readCredentials({ method: 'GET', url: '/orders', headers })).toEqual({ kind: 'none' })
})

it('a token that is bound to a key is refused under Bearer, and without a scheme, whatever else is accepted', async () => {
  const token = await boundToken()
  const request = requestWith(await client.prove({ ath: hashOf(token), iat: nowSeconds }))
  for (const senderConstraint of [{ dpop }, { dpop, mtls: { from: 'connection' } as const }, { dpop, required: true }]) {
    const verifier = createVerifier({ senderConstraint })
    expect(await outcome(verifier.verify(token, { scheme: 'Bearer', request }))).toBe('invalid_token scheme_mismatch')
    expect(await outcome(verifier.verify(token))).toBe('invalid_token confirmation_unchecked')
    expect(await outcome(verifier.verify(token, { scheme: 'DPoP', request }))).toBe('accepted')
  }
})

it('a token whose jkt is not the base64url of a SHA-256 is refused', async () => {
  const verifier = createVerifier({ senderConstraint: { dpop } })
  const hex = Buffer.from(client.jkt, 'base64url').toString('hex')
  for (const jkt of [`${client.jkt}=`, hex, client.jkt.slice(1), ` ${client.jkt}`, '', null, 42, [client.jkt]]) {
    const token = await boundToken(jkt)
    const request = requestWith(await client.prove({ ath: hashOf(token) }))
    expect(await outcome(verifier.verify(token, { scheme: 'DPoP', request }))).toBe('invalid_token confirmation_invalid')
  }
})
