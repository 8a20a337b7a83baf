import { expect, it } from 'vitest'
import { outcome } from '../../../../test/verdict.js'
import { checkProofNonce } from './proof-nonce.js'

const nonces = { current: async () => 'current', isCurrent: async (nonce: string) => nonce === 'current' }

it.each([
  ['current', 'accepted'],
  ['old', 'invalid_token dpop_nonce_required'],
  ['', 'invalid_token dpop_nonce_required'],
  [undefined, 'invalid_token dpop_nonce_required'],
])('with the nonce %j a proof is %s', async (nonce, expected) => {
  expect(await outcome(checkProofNonce(nonce, nonces))).toBe(expected)
})

it('has the challenge ask for a nonce', async () => {
  await expect(checkProofNonce('old', nonces)).rejects.toMatchObject({ challengeError: 'use_dpop_nonce' })
})
