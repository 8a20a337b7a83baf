import { describe, expect, expectTypeOf, it } from 'vitest'
import { parseServerMetadata, type ServerMetadata } from './server-metadata.js'

const issuer = 'https://login.example.com'

function parse(members: Record<string, unknown>) {
  return parseServerMetadata({ issuer, ...members })
}

describe('parseServerMetadata', () => {
  it.each([null, undefined, [], 'issuer', 1, {}, { issuer: 1 }, { issuer: null }, { issuer: [issuer] }, [{ issuer }]])(
    'takes %j for no metadata',
    (value) => {
      expect(parseServerMetadata(value)).toBe(undefined)
    },
  )

  it('keeps what it knows and what it does not know', () => {
    const document = {
      issuer,
      jwks_uri: `${issuer}/jwks`,
      token_endpoint: `${issuer}/token?tenant=a`,
      grant_types_supported: ['authorization_code'],
      authorization_response_iss_parameter_supported: true,
      claims_parameter_supported: 'whatever',
      x: { y: [1] },
    }
    expect(parseServerMetadata(document)).toEqual({ metadata: document, broken: [] })
  })

  it('allows plain http on loopback to an issuer that is there itself', () => {
    const jwks_uri = 'http://127.0.0.1:3000/jwks'
    expect(parseServerMetadata({ issuer: 'http://localhost:3000', jwks_uri })?.broken).toEqual([])
  })

  it('lets no issuer on the network point to what listens on loopback', () => {
    const jwks_uri = 'http://127.0.0.1:6379/jwks'
    expect(parseServerMetadata({ issuer: 'https://login.example.com', jwks_uri })?.broken).toEqual(['jwks_uri'])
  })

  it.each([
    'http://login.example.com/jwks',
    'http://localhost.evil.example/jwks',
    'https://john:secret@login.example.com/jwks',
    'https://login.example.com/jwks#fragment',
    'javascript:alert(1)',
    '/jwks',
    ' https://login.example.com/jwks',
    '',
    null,
    5,
    ['https://login.example.com/jwks'],
  ])('leaves out an endpoint that is %j, and says so', (value) => {
    for (const member of ['jwks_uri', 'authorization_endpoint', 'token_endpoint', 'end_session_endpoint']) {
      expect(parse({ [member]: value, other: 1 })).toEqual({ metadata: { issuer, other: 1 }, broken: [member] })
    }
  })

  it.each(['code', null, { 0: 'code' }, ['code', 1], [null], [['code']]])('leaves out a list that is %j', (value) => {
    expect(parse({ response_types_supported: value })).toEqual({ metadata: { issuer }, broken: ['response_types_supported'] })
  })

  it.each(['true', 1, null])('leaves out a flag that is %j', (value) => {
    expect(parse({ authorization_response_iss_parameter_supported: value })?.metadata).toEqual({ issuer })
  })

  it('takes no member from a prototype, and gives __proto__ no meaning', () => {
    const document: unknown = JSON.parse(`{"issuer":"${issuer}","__proto__":{"jwks_uri":"https://evil.example"},"constructor":1}`)
    const metadata = parseServerMetadata(document)?.metadata
    expect(metadata?.jwks_uri).toBe(undefined)
    expect(Object.keys(metadata ?? {})).toEqual(['issuer', '__proto__', 'constructor'])
    expect(parseServerMetadata(Object.create({ issuer }))).toBe(undefined)
  })

  it('types what was checked, and nothing else', () => {
    expectTypeOf<ServerMetadata['issuer']>().toEqualTypeOf<string>()
    expectTypeOf<ServerMetadata['jwks_uri']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<ServerMetadata['claims_supported']>().toEqualTypeOf<unknown>()
  })
})
