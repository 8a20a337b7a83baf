import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { claimOf, stringClaim } from './claims.js'

describe('claimOf', () => {
  it('gives a claim that was issued, and nothing that every object has', () => {
    expect(claimOf({ sub: 'john' }, 'sub')).toBe('john')
    expect(claimOf({}, 'constructor')).toBeUndefined()
    expect(claimOf(JSON.parse('{"__proto__":{"sub":"root"}}'), 'sub')).toBeUndefined()
  })
})

describe('stringClaim', () => {
  it.each([
    ['john', 'accepted'],
    ['', 'accepted'],
    [undefined, 'accepted'],
    [null, 'claim_invalid'],
    [42, 'claim_invalid'],
    [['john'], 'claim_invalid'],
  ])('with %j', (sub, expected) => {
    expect(verdict(() => stringClaim({ sub }, 'sub'))).toBe(expected)
  })

  it('is not what the claims inherit', () => {
    expect(stringClaim(Object.create({ sub: 'root' }), 'sub')).toBeUndefined()
  })
})
