import { exportJWK, generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import { createForeignIssuer } from '../../../test/foreign-issuer.js'
import { createTrustedIssuers } from './trusted-issuers.js'

test('takes public keys, and no others', async () => {
  const issuer = 'https://partner.example.com'
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = await exportJWK(privateKey)
  const { trusted } = await createForeignIssuer()
  const unusable = {
    'no keys': [],
    'a private key': [key],
    'a secret': [{ kty: 'oct', k: 'c2VjcmV0' }],
    'a secret next to a good key': [...trusted.jwks.keys, { kty: 'oct', k: 'c2VjcmV0' }],
    'an RSA key of 1024 bits': [{ kty: 'RSA', e: 'AQAB', n: 'x'.repeat(171) }],
  }
  for (const [what, keys] of Object.entries(unusable)) {
    expect(() => createTrustedIssuers([{ issuer, jwks: { keys } }]), what).toThrowError(expect.objectContaining({ code: 'invalid_option' }))
  }
  expect(createTrustedIssuers([trusted]).size).toBe(1)
})

test('has each issuer once', async () => {
  const { trusted } = await createForeignIssuer()

  expect(() => createTrustedIssuers([trusted, trusted])).toThrowError(/^The option "trustedIssuers" must be /)
})
