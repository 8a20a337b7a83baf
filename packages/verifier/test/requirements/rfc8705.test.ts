import type { ConnectedPeer } from '@bailiwick/protocol'
import { expect, it } from 'vitest'
import { createClientCertificate } from '../client-certificates.js'
import { claims, createVerifier, key } from '../verifier-fixture.js'
import { outcome } from '../verdict.js'

const john = await createClientCertificate('john')
const jane = await createClientCertificate('jane')
const verifier = createVerifier({ senderConstraint: { mtls: { from: 'connection' } } })

async function present(thumbprint: unknown, certificate: Uint8Array | undefined): Promise<string> {
  const peer: ConnectedPeer = { address: '203.0.113.9', certificate }
  const request = { method: 'GET', url: '/orders', headers: new Headers(), peer }
  const token = await key.sign({ ...claims, cnf: { 'x5t#S256': thumbprint } })
  return outcome(verifier.verify(token, { scheme: 'Bearer', request }))
}

it('another certificate, and none, make a bad token of one that is bound to a certificate', async () => {
  expect(await present(john.thumbprint, john.certificateDer)).toBe('accepted')
  expect(await present(john.thumbprint, jane.certificateDer)).toBe('invalid_token certificate_mismatch')
  expect(await present(john.thumbprint, undefined)).toBe('invalid_token certificate_missing')
})

it('a token whose x5t#S256 is not the base64url of a SHA-256 is refused', async () => {
  const spelt = john.thumbprint
  for (const other of [`${spelt}=`, `${spelt}\n`, ` ${spelt}`, Buffer.from(spelt, 'base64url').toString('hex'), '', null, 42, [spelt]]) {
    expect(await present(other, john.certificateDer)).toBe('invalid_token confirmation_invalid')
  }
})
