import { describe, expect, it } from 'vitest'
import { hasContentType } from './content-type.js'

function withType(value?: string): Headers {
  return new Headers(value === undefined ? {} : { 'content-type': value })
}

describe('hasContentType', () => {
  it.each([
    'application/json',
    'APPLICATION/Json',
    'application/json; charset=utf-8',
    'application/json ;charset="a;b"',
    'application/json;',
  ])('takes %j for JSON', (value) => {
    expect(hasContentType(withType(value), 'application/json')).toBe(true)
  })

  it.each([
    'text/html',
    'application/json5',
    'application/jwk-set+json',
    'text/html; application/json',
    'application/json, text/html',
    'application/json, application/json',
    'json',
    '',
  ])('does not take %j for JSON', (value) => {
    expect(hasContentType(withType(value), 'application/json')).toBe(false)
  })

  it('does not take a missing type for JSON', () => {
    expect(hasContentType(withType(), 'application/json')).toBe(false)
  })

  it('accepts any of several types, written in any case', () => {
    expect(hasContentType(withType('application/jwk-set+json'), 'application/json', 'Application/JWK-Set+JSON')).toBe(true)
  })

  it('accepts nothing when no type is named', () => {
    expect(hasContentType(withType('application/json'))).toBe(false)
  })
})
