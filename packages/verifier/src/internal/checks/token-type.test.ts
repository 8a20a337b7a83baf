import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkTokenType, isExplicitAccessToken } from './token-type.js'

describe('checkTokenType', () => {
  it.each([
    ['JWT', 'accepted', 'token_type_rejected'],
    ['jwt', 'accepted', 'token_type_rejected'],
    ['application/jwt', 'accepted', 'token_type_rejected'],
    ['at+jwt', 'accepted', 'accepted'],
    ['AT+JWT', 'accepted', 'accepted'],
    ['application/at+jwt', 'accepted', 'accepted'],
    [undefined, 'accepted', 'token_type_rejected'],
    ['', 'token_type_rejected', 'token_type_rejected'],
    [null, 'token_type_rejected', 'token_type_rejected'],
    [['at+jwt'], 'token_type_rejected', 'token_type_rejected'],
    ['text/at+jwt', 'token_type_rejected', 'token_type_rejected'],
    ['application/application/at+jwt', 'token_type_rejected', 'token_type_rejected'],
    ['at+application/jwt', 'token_type_rejected', 'token_type_rejected'],
    ['at+jwt ', 'token_type_rejected', 'token_type_rejected'],
    ['logout+jwt', 'token_type_rejected', 'token_type_rejected'],
    ['dpop+jwt', 'token_type_rejected', 'token_type_rejected'],
    ['token-introspection+jwt', 'token_type_rejected', 'token_type_rejected'],
    ['secevent+jwt', 'token_type_rejected', 'token_type_rejected'],
    ['oauth-authz-req+jwt', 'token_type_rejected', 'token_type_rejected'],
    ['client-authentication+jwt', 'token_type_rejected', 'token_type_rejected'],
    ['id_token', 'token_type_rejected', 'token_type_rejected'],
    ['JOSE', 'token_type_rejected', 'token_type_rejected'],
  ])('with typ %j is %s by the profile jwt, and %s by rfc9068', (typ, jwt, rfc9068) => {
    expect(verdict(() => checkTokenType({ typ }, 'jwt'))).toBe(jwt)
    expect(verdict(() => checkTokenType({ typ }, 'rfc9068'))).toBe(rfc9068)
  })
})

describe('isExplicitAccessToken', () => {
  it.each([
    ['at+jwt', true],
    ['application/AT+JWT', true],
    ['JWT', false],
    [undefined, false],
  ])('with typ %j is %s', (typ, expected) => {
    expect(isExplicitAccessToken({ typ })).toBe(expected)
  })
})
