import { expect, it } from 'vitest'
import { outcome } from '../../../../test/verdict.js'
import { checkTokenHash } from './token-hash.js'

/** The token of RFC 9449 §7.1, and its hash. */
const token = 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU'
const ath = 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo'

it.each([
  [ath, token, 'accepted'],
  [ath, `${token}x`, 'invalid_token dpop_proof_invalid'],
  [`${ath}=`, token, 'invalid_token dpop_proof_invalid'],
  [ath.toLowerCase(), token, 'invalid_token dpop_proof_invalid'],
  [Buffer.from(ath, 'base64url').toString('hex'), token, 'invalid_token dpop_proof_invalid'],
  [token, token, 'invalid_token dpop_proof_invalid'],
  ['', token, 'invalid_token dpop_proof_invalid'],
])('ath %j with the token %j is %s', async (claimed, presented, expected) => {
  expect(await outcome(checkTokenHash(claimed, presented))).toBe(expected)
})
