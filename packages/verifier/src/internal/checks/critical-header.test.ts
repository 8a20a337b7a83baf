import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkCriticalHeader } from './critical-header.js'

describe('checkCriticalHeader', () => {
  it.each([
    ['no crit', {}, 'accepted'],
    ['an unknown extension that is not critical', { 'urn:example:policy': 'strict' }, 'accepted'],
    ['an unknown critical extension', { crit: ['urn:example:policy'], 'urn:example:policy': 'strict' }, 'critical_header_unknown'],
    ['an empty crit', { crit: [] }, 'critical_header_unknown'],
    ['a crit of null', { crit: null }, 'critical_header_unknown'],
    ['a crit that is a string', { crit: 'exp' }, 'critical_header_unknown'],
    ['a registered member as critical', { crit: ['alg'] }, 'critical_header_unknown'],
    ['an unencoded payload', { crit: ['b64'], b64: false }, 'critical_header_unknown'],
    ['an unencoded payload that is not declared', { b64: false }, 'critical_header_unknown'],
    ['a b64 of a wrong type', { b64: 'false' }, 'critical_header_unknown'],
    ['a b64 that says the usual', { b64: true }, 'accepted'],
  ])('with %s', (_, header, expected) => {
    expect(verdict(() => checkCriticalHeader(header))).toBe(expected)
  })
})
