import { expect, it } from 'vitest'
import { verdict } from '../../../../test/verdict.js'
import { checkProofLifetime } from './proof-lifetime.js'

const now = 1_800_000_000
const limits = { maxProofAgeSeconds: 60, clockToleranceSeconds: 10 }

it.each([
  ['now', now, 'accepted'],
  ['as old as it may be', now - 60, 'accepted'],
  ['older', now - 60.001, 'dpop_proof_stale'],
  ['a day old', now - 86_400, 'dpop_proof_stale'],
  ['of the epoch', 0, 'dpop_proof_stale'],
  ['ahead as clocks are', now + 10, 'accepted'],
  ['further ahead', now + 10.001, 'dpop_proof_stale'],
  ['in milliseconds', now * 1000, 'dpop_proof_stale'],
  ['not a number', Number.NaN, 'dpop_proof_stale'],
  ['infinite', Infinity, 'dpop_proof_stale'],
])('iat %s is %s', (_, iat, expected) => {
  expect(verdict(() => checkProofLifetime(iat, now, limits))).toBe(expected)
})

it('accepts nothing when the clock gives no number', () => {
  expect(verdict(() => checkProofLifetime(now, Number.NaN, limits))).toBe('dpop_proof_stale')
})

it('says by how much', () => {
  expect(() => checkProofLifetime(now - 90, now, limits)).toThrow('made 90 s ago')
  expect(() => checkProofLifetime(now + 30, now, limits)).toThrow('iat is 30 s ahead')
})
