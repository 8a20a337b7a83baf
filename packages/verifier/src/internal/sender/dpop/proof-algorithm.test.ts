import { expect, it } from 'vitest'
import { signingAlgorithms } from '../../../algorithms.js'
import { verdict } from '../../../../test/verdict.js'
import { checkProofAlgorithm } from './proof-algorithm.js'

it('gives an algorithm that is allowed', () => {
  for (const alg of signingAlgorithms) expect(checkProofAlgorithm({ alg }, signingAlgorithms)).toBe(alg)
})

it.each(['none', 'None', 'HS256', 'HS512', 'ES256K', 'dir', 'es256', '', '__proto__', null, undefined, 1, ['ES256']])(
  'refuses the algorithm %j',
  (alg) => {
    expect(verdict(() => checkProofAlgorithm({ alg }, signingAlgorithms))).toBe('dpop_proof_invalid')
  },
)

it('refuses one that is supported and not allowed, and says what is', () => {
  expect(() => checkProofAlgorithm({ alg: 'RS256' }, ['ES256', 'EdDSA'])).toThrow('its alg is "RS256", which is not among ES256, EdDSA')
})
