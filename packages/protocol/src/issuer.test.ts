import { describe, expect, it } from 'vitest'
import { ConfigurationError } from './error.js'
import { parseIssuer } from './issuer.js'

describe('parseIssuer', () => {
  it.each([
    'https://login.example.com',
    'https://login.example.com/',
    'https://login.example.com:8443/a/b',
    'http://127.0.0.1:3000',
    'http://localhost',
  ])('accepts %s', (issuer) => {
    expect(parseIssuer(issuer).href).toBe(new URL(issuer).href)
  })

  it.each([
    'http://login.example.com',
    'login.example.com',
    '',
    ' https://login.example.com',
    'https://john@login.example.com',
    'urn:issuer',
  ])('refuses %j and says what an issuer looks like', (issuer) => {
    expect(() => parseIssuer(issuer)).toThrow(ConfigurationError)
    expect(() => parseIssuer(issuer)).toThrow('issuer must be an absolute https URL')
  })

  it.each(['https://login.example.com?', 'https://login.example.com?a=b', 'https://login.example.com#', 'https://login.example.com/#a'])(
    'refuses %s for its query or fragment',
    (issuer) => {
      expect(() => parseIssuer(issuer)).toThrow('neither a query nor a fragment')
    },
  )

  it('refuses what plain JavaScript may pass in place of a text', () => {
    for (const issuer of [undefined, new URL('https://login.example.com')]) {
      expect(() => parseIssuer(issuer as unknown as string)).toThrow('issuer must be an absolute https URL')
    }
  })
})
