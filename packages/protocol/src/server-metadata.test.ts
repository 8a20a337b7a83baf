import { describe, expect, expectTypeOf, it } from 'vitest'
import { parseServerMetadata, type ServerMetadata, type ServerMetadataMember, type ServerMetadataMembers } from './server-metadata.js'

const issuer = 'https://login.example.com'

type MembersOf<Type> = {
  [Name in ServerMetadataMember]: ServerMetadataMembers[Name] extends Type | undefined ? Name : never
}[ServerMetadataMember]

/** Every member whose type is checked; the compiler asks for one that is added. */
const endpoints: Record<MembersOf<string>, true> = {
  jwks_uri: true,
  authorization_endpoint: true,
  token_endpoint: true,
  introspection_endpoint: true,
  revocation_endpoint: true,
  userinfo_endpoint: true,
  registration_endpoint: true,
  pushed_authorization_request_endpoint: true,
  device_authorization_endpoint: true,
  end_session_endpoint: true,
}
const lists: Record<MembersOf<readonly string[]>, true> = {
  scopes_supported: true,
  response_types_supported: true,
  response_modes_supported: true,
  grant_types_supported: true,
  acr_values_supported: true,
  code_challenge_methods_supported: true,
  id_token_signing_alg_values_supported: true,
  token_endpoint_auth_methods_supported: true,
  token_endpoint_auth_signing_alg_values_supported: true,
  introspection_endpoint_auth_methods_supported: true,
  introspection_signing_alg_values_supported: true,
  revocation_endpoint_auth_methods_supported: true,
  dpop_signing_alg_values_supported: true,
}
const flags: Record<MembersOf<boolean>, true> = {
  authorization_response_iss_parameter_supported: true,
  require_pushed_authorization_requests: true,
  tls_client_certificate_bound_access_tokens: true,
  backchannel_logout_supported: true,
}

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
    for (const member of Object.keys(endpoints)) {
      expect(parse({ [member]: value, other: 1 })).toEqual({ metadata: { issuer, other: 1 }, broken: [member] })
    }
  })

  it.each(['code', null, { 0: 'code' }, ['code', 1], [null], [['code']]])('leaves out a list that is %j', (value) => {
    for (const member of Object.keys(lists)) expect(parse({ [member]: value })).toEqual({ metadata: { issuer }, broken: [member] })
  })

  it.each(['true', 1, null])('leaves out a flag that is %j', (value) => {
    for (const member of Object.keys(flags)) expect(parse({ [member]: value })).toEqual({ metadata: { issuer }, broken: [member] })
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
