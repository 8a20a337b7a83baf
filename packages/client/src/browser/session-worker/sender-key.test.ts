import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, exportJWK } from 'jose'
import { expect, test } from 'vitest'
import { createSenderKey } from './sender-key.js'

const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])

test('a proof is for one request: its method, its URL without query and fragment, its access token and the nonce of its origin', async () => {
  const key = await createSenderKey(pair, new Map([['https://api.example.com', 'nonce']]))
  const proof = decodeJwt(await key.prove('POST', 'https://api.example.com/orders?secret=1#there', 'access'))
  expect(proof).toMatchObject({ htm: 'POST', htu: 'https://api.example.com/orders', nonce: 'nonce' })
  // SHA-256 of the token, base64url (RFC 9449 §4.2).
  expect(proof['ath']).toBe(Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('access'))).toString('base64url'))
  const other = decodeJwt(await key.prove('GET', 'https://login.example.com/token'))
  expect([other['ath'], other['nonce']]).toEqual([undefined, undefined])
  expect(other.jti).not.toBe(proof.jti)
})

test('the key says its thumbprint, and has no private member in its proofs', async () => {
  const key = await createSenderKey(pair, new Map())
  expect(await key.thumbprint()).toBe(await calculateJwkThumbprint(await exportJWK(pair.publicKey)))
  const { jwk, typ, alg } = decodeProtectedHeader(await key.prove('GET', 'https://api.example.com/'))
  expect([typ, alg, Object.keys(jwk ?? {}).toSorted()]).toEqual(['dpop+jwt', 'ES256', ['crv', 'kty', 'x', 'y']])
})
