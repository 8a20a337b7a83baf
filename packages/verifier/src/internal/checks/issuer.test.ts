import { describe, expect, it } from 'vitest'
import { verdict } from '../../../test/verdict.js'
import { checkIssuer } from './issuer.js'

describe('checkIssuer', () => {
  it.each([
    ['the issuer', 'https://login.example.com', 'accepted'],
    ['a trailing slash', 'https://login.example.com/', 'issuer_mismatch'],
    ['another case', 'https://Login.example.com', 'issuer_mismatch'],
    ['the default port', 'https://login.example.com:443', 'issuer_mismatch'],
    ['another scheme', 'http://login.example.com', 'issuer_mismatch'],
    ['a tenant', 'https://login.example.com/tenant', 'issuer_mismatch'],
    ['a host that begins with it', 'https://login.example.com.evil.example', 'issuer_mismatch'],
    ['a letter that looks the same', 'https://login.ex\u0430mple.com', 'issuer_mismatch'],
    ['a space after it', 'https://login.example.com ', 'issuer_mismatch'],
    ['the empty string', '', 'issuer_mismatch'],
    ['nothing', undefined, 'claim_missing'],
    ['a list with it', ['https://login.example.com'], 'claim_invalid'],
    ['null', null, 'claim_invalid'],
  ])('with %s in iss', (_, iss, expected) => {
    expect(verdict(() => checkIssuer({ iss }, 'https://login.example.com'))).toBe(expected)
  })

  it('is not satisfied by what the claims inherit', () => {
    const inherited = Object.create({ iss: 'https://login.example.com' })
    expect(verdict(() => checkIssuer(inherited, 'https://login.example.com'))).toBe('claim_missing')
  })

  it('says that it is the issuer that is no string', () => {
    expect(() => checkIssuer({ iss: 1 }, 'https://login.example.com')).toThrow('a claim has an invalid value: iss is not a string')
  })

  it('shows how one that looks the same differs', () => {
    expect(() => checkIssuer({ iss: 'https://login.ex\u0430mple.com' }, 'https://login.example.com')).toThrow(
      'the token is from another issuer: expected "https://login.example.com", not "https://login.ex\\u0430mple.com"',
    )
  })
})
