import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { signingAlgorithms } from '../../algorithms.js'
import { checkAlgorithm } from './algorithm.js'

describe('checkAlgorithm', () => {
  it.each(signingAlgorithms)('takes %s when the API allows it', (alg) => {
    expect(verdict(() => checkAlgorithm({ alg }, signingAlgorithms))).toBe('accepted')
  })

  it.each([
    ['none', 'none'],
    ['none in capitals', 'NONE'],
    ['none in mixed case', 'nOnE'],
    ['HS256', 'HS256'],
    ['a supported one in lower case', 'rs256'],
    ['a supported one with a space', 'RS256 '],
    ['an encryption algorithm', 'RSA-OAEP'],
    ['an algorithm with secp256k1', 'ES256K'],
    ['Ed448', 'Ed448'],
    ['nothing', undefined],
    ['null', null],
    ['the empty string', ''],
    ['a list with a supported one', ['RS256']],
    ['the name of a member of every object', 'toString'],
    ['__proto__', '__proto__'],
  ])('refuses %s', (_, alg) => {
    expect(verdict(() => checkAlgorithm({ alg }, signingAlgorithms))).toBe('algorithm_not_allowed')
  })

  it('refuses a supported algorithm that this API does not allow', () => {
    expect(verdict(() => checkAlgorithm({ alg: 'RS256' }, ['ES256', 'PS256']))).toBe('algorithm_not_allowed')
  })

  it('says what came and what is allowed', () => {
    expect(() => checkAlgorithm({ alg: 'HS256' }, ['ES256', 'PS256'])).toThrow(
      'the signature algorithm is not allowed: "HS256" is not among ES256, PS256',
    )
  })
})
