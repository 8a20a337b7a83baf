import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkContentType } from './content-type.js'

describe('checkContentType', () => {
  it.each([
    ['JWT', 'token_type_rejected'],
    ['jwt', 'token_type_rejected'],
    ['Jwt', 'token_type_rejected'],
    ['application/jwt', 'token_type_rejected'],
    ['Application/JWT', 'token_type_rejected'],
    [undefined, 'accepted'],
    ['', 'accepted'],
    ['json', 'accepted'],
    ['application/json', 'accepted'],
    ['text/jwt', 'accepted'],
    [null, 'accepted'],
    [1, 'accepted'],
    [['JWT'], 'accepted'],
  ])('with cty %j is %s', (cty, expected) => {
    expect(verdict(() => checkContentType({ cty }))).toBe(expected)
  })

  it('says why, for operators', () => {
    const check = () => checkContentType({ cty: 'JWT' })
    expect(check).toThrow('the token is not an access token: its cty is "JWT", and a nested JWT is not supported')
  })
})
