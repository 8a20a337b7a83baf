import { expect, test } from 'vitest'
import type { AttackAnswer } from '../../attack-report.js'
import type { ForgeryAnswer } from '../../forgery.js'
import { challengeError } from './challenge-error.js'
import { judge } from './judge.js'

const broken: AttackAnswer = { failure: 'network', detail: 'socket hang up' }

test.each<[ForgeryAnswer, AttackAnswer, string]>([
  ['invalid_token', { status: 401, error: 'invalid_token' }, 'as_expected'],
  ['invalid_token', { status: 401 }, 'refused_otherwise'],
  ['invalid_token', { status: 400, error: 'invalid_request' }, 'refused_otherwise'],
  ['invalid_token', { status: 302 }, 'refused_otherwise'],
  ['invalid_token', { status: 200 }, 'let_in'],
  ['invalid_token', { status: 204 }, 'let_in'],
  ['invalid_token', { status: 503 }, 'fault'],
  ['invalid_token', broken, 'fault'],
  ['invalid_request', { status: 400, error: 'invalid_request' }, 'as_expected'],
  ['insufficient_scope', { status: 403, error: 'insufficient_scope' }, 'as_expected'],
  ['insufficient_scope', { status: 403 }, 'refused_otherwise'],
  ['no_credentials', { status: 401 }, 'as_expected'],
  ['no_credentials', { status: 401, error: 'invalid_token' }, 'refused_otherwise'],
  ['refusal', { status: 431 }, 'as_expected'],
  ['refusal', broken, 'refused_otherwise'],
  ['refusal', { failure: 'timeout', detail: '' }, 'fault'],
  ['accepted', { status: 200 }, 'as_expected'],
  ['accepted', { status: 401 }, 'refused_otherwise'],
])('where %s is expected, takes %j for %s', (expected, answer, outcome) => {
  expect(judge({ expected, answer, wasLured: false })).toBe(outcome)
})

test('takes a refusal for lured when the address of the attacker was asked, and letting in for the worse', () => {
  expect(judge({ expected: 'invalid_token', answer: { status: 401, error: 'invalid_token' }, wasLured: true })).toBe('lured')
  expect(judge({ expected: 'invalid_token', answer: { status: 500 }, wasLured: true })).toBe('lured')
  expect(judge({ expected: 'invalid_token', answer: { status: 200 }, wasLured: true })).toBe('let_in')
})

test.each([
  ['Bearer error="\u009b31mowned"', '?31mowned'],
  [`Bearer error="${'a'.repeat(65)}"`, `${'a'.repeat(63)}…`],
  ['Bearer', undefined],
  ['Bearer realm="orders"', undefined],
  ['Bearer error="invalid_token"', 'invalid_token'],
  ['Bearer realm="a, error=b", error="invalid_token", error_description="The token"', 'invalid_token'],
  ['bearer error=invalid_token', 'invalid_token'],
  ['DPoP algs="ES256", error="use_dpop_nonce"', 'use_dpop_nonce'],
  ['Basic realm="x", Bearer error="invalid_request"', 'invalid_request'],
  ['Basic realm="x", error="invalid_token"', undefined],
  ['', undefined],
])('reads the error of the challenge %s', (challenges, error) => {
  expect(challengeError(challenges)).toBe(error)
})
