import { expect, it } from 'vitest'
import { createProofKey } from '../../../../test/dpop-fixture.js'
import { outcome } from '../../../../test/verdict.js'
import { checkKeyBinding } from './key-binding.js'
import { readProofKey } from './proof-key.js'

const client = await createProofKey()
const key = readProofKey({ jwk: client.jwk }, 'ES256')

it('lets pass the key that the token is bound to, and no other', async () => {
  expect(await outcome(checkKeyBinding(key, client.jkt))).toBe('accepted')
  expect(await outcome(checkKeyBinding(key, (await createProofKey()).jkt))).toBe('invalid_token dpop_key_mismatch')
  expect(await outcome(checkKeyBinding(key, client.jkt.toLowerCase()))).toBe('invalid_token dpop_key_mismatch')
  const almost = client.jkt.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'))
  expect(await outcome(checkKeyBinding(key, almost))).toBe('invalid_token dpop_key_mismatch')
})
