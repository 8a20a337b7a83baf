import { describe, expect, it } from 'vitest'
import { rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { claims, createVerifier, key, rsaKey } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const attacker = await createTestKey('2026', 'ES256')
const p384 = await createTestKey('p384', 'ES384')

/** A verifier whose fetch only counts. */
function createObserved() {
  const fetched: string[] = []
  const verifier = createVerifier({
    keys: { jwks: { keys: [key.jwk, rsaKey.jwk, p384.jwk, { ...attacker.jwk, kid: 'enc', use: 'enc' }] } },
    fetch: (url) => {
      fetched.push(url)
      return Promise.reject(new Error('nothing is to be fetched'))
    },
  })
  return { fetched, verifier }
}

const { verifier } = createObserved()

describe('alg', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', 'none ', ' none', 'n\u043ene', '', null, undefined, false, 0, ['none'], {}])(
    'of %j is refused, with a signature and without',
    async (alg) => {
      expect(await outcome(verifier.verify(rawToken({ alg, kid: '2026' }, claims, '')))).toBe('invalid_token algorithm_not_allowed')
      expect(await outcome(verifier.verify(rawToken({ alg, kid: '2026' }, claims)))).toBe('invalid_token algorithm_not_allowed')
    },
  )

  it.each(['HS256', 'HS384', 'HS512', 'ES256K', 'RS1', 'RSA-OAEP', 'dir', 'es256', 'ES256\0', 'ML-DSA-44', '__proto__'])(
    'of %j is refused',
    async (alg) => {
      expect(await outcome(verifier.verify(rawToken({ alg, kid: '2026' }, claims)))).toBe('invalid_token algorithm_not_allowed')
    },
  )

  it.each([
    ['of another key than the kid names', { alg: 'RS256', kid: '2026' }, 'invalid_token key_unsuitable'],
    ['of another padding than that of the key', { alg: 'PS256', kid: 'rsa' }, 'invalid_token key_unsuitable'],
    ['of another hash than that of the key', { alg: 'RS512', kid: 'rsa' }, 'invalid_token key_unsuitable'],
    ['ES256 with a P-384 key', { alg: 'ES256', kid: 'p384' }, 'invalid_token key_unsuitable'],
    ['ES384 with a P-256 key', { alg: 'ES384', kid: '2026' }, 'invalid_token key_unsuitable'],
    ['EdDSA with a P-256 key', { alg: 'EdDSA', kid: '2026' }, 'invalid_token key_unsuitable'],
    ['with an encryption key', { alg: 'ES256', kid: 'enc' }, 'invalid_token key_unsuitable'],
    ['that no key has, without kid', { alg: 'PS512' }, 'invalid_token key_not_found'],
  ])('%s is refused', async (_, header, expected) => {
    expect(await outcome(verifier.verify(rawToken(header, claims)))).toBe(expected)
  })

  it('is the last of duplicates', async () => {
    const header = '{"alg":"ES256","kid":"2026","alg":"none"}'
    expect(await outcome(verifier.verify(rawToken(header, claims)))).toBe('invalid_token algorithm_not_allowed')
  })
})

describe('a key in the header', () => {
  const embedded: [string, Record<string, unknown>][] = [
    ['jwk', { jwk: attacker.jwk }],
    ['jku', { jku: 'https://evil.example/jwks' }],
    ['x5u', { x5u: 'https://evil.example/cert.pem' }],
    ['x5c', { x5c: ['MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA'] }],
    ['x5t', { x5t: 'a', 'x5t#S256': 'b' }],
    ['all of them', { jwk: attacker.jwk, jku: 'https://evil.example/jwks', x5u: 'https://evil.example/cert.pem', x5c: ['MIIB'] }],
  ]

  it.each(embedded)('(%s) is honoured by nobody, and nothing is fetched', async (_, members) => {
    const { fetched, verifier: observed } = createObserved()
    expect(await outcome(observed.verify(await attacker.sign(claims, members)))).toBe('invalid_token signature_invalid')
    expect(await outcome(observed.verify(await attacker.sign(claims, { ...members, kid: undefined })))).toBe(
      'invalid_token signature_invalid',
    )
    expect(await outcome(observed.verify(await attacker.sign(claims, { ...members, kid: 'mine' })))).toBe('invalid_token key_not_found')
    expect(fetched).toEqual([])
  })

  it.each(embedded)('(%s) does not spoil a token that the issuer signed', async (_, members) => {
    expect(await outcome(verifier.verify(await key.sign(claims, members)))).toBe('accepted')
  })
})

describe('kid', () => {
  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '../../../../etc/passwd',
    'https://evil.example/jwks',
    "' OR 1=1 --",
    '; rm -rf /',
    '2026\0',
    '2026 ',
    '',
    '0',
    'k'.repeat(10_000),
    '\u202e6202',
  ])('of %j finds no key', async (kid) => {
    expect(await outcome(verifier.verify(await attacker.sign(claims, { kid })))).toBe('invalid_token key_not_found')
  })

  it.each([1, null, true, ['2026'], { kid: '2026' }])('of %j is malformed', async (kid) => {
    expect(await outcome(verifier.verify(rawToken({ alg: 'ES256', kid }, claims)))).toBe('invalid_token header_malformed')
  })
})

describe('the rest of the header', () => {
  it.each([
    ['an unknown critical extension', { crit: ['urn:example:x'], 'urn:example:x': 1 }, 'invalid_token critical_header_unknown'],
    ['an empty crit', { crit: [] }, 'invalid_token critical_header_unknown'],
    ['crit: exp', { crit: ['exp'], exp: 9_999_999_999 }, 'invalid_token critical_header_unknown'],
    ['an unencoded payload', { crit: ['b64'], b64: false }, 'invalid_token critical_header_unknown'],
    ['an unencoded payload, undeclared', { b64: false }, 'invalid_token critical_header_unknown'],
    ['typ of a logout token', { typ: 'logout+jwt' }, 'invalid_token token_type_rejected'],
    ['typ of a DPoP proof', { typ: 'dpop+jwt' }, 'invalid_token token_type_rejected'],
    ['typ of an introspection response', { typ: 'token-introspection+jwt' }, 'invalid_token token_type_rejected'],
    ['typ of a security event', { typ: 'secevent+jwt' }, 'invalid_token token_type_rejected'],
    ['typ with application/', { typ: 'application/dpop+jwt' }, 'invalid_token token_type_rejected'],
    ['typ that is a number', { typ: 1 }, 'invalid_token token_type_rejected'],
    ['cty of a nested token', { cty: 'JWT' }, 'invalid_token token_type_rejected'],
    ['cty with application/, in other letters', { cty: 'Application/Jwt' }, 'invalid_token token_type_rejected'],
    ['an array', [{ alg: 'ES256' }], 'invalid_token header_malformed'],
    ['no JSON', '{"alg":"ES256"', 'invalid_token header_malformed'],
    ['nine levels', { x: [[[[[[[[]]]]]]]] }, 'invalid_token header_malformed'],
  ])('%s', async (_, members, expected) => {
    const header = typeof members === 'string' || Array.isArray(members) ? members : { alg: 'ES256', kid: '2026', ...members }
    expect(await outcome(verifier.verify(rawToken(header, claims)))).toBe(expected)
  })

  it('that says of a signed set of claims that it is a nested token is refused, again and again', async () => {
    const signed = await key.sign(claims, { cty: 'JWT' })
    expect(await outcome(verifier.verify(signed))).toBe('invalid_token token_type_rejected')
    expect(await outcome(verifier.verify(signed))).toBe('invalid_token token_type_rejected')
  })

  it.each([
    ['zip', { zip: 'DEF' }],
    ['cty of anything but a token', { cty: 'application/json' }],
    ['claims', { iss: 'https://evil.example', exp: 1 }],
    ['b64: true', { b64: true }],
    ['a member named __proto__', JSON.parse('{"__proto__":{"alg":"none"}}') as Record<string, unknown>],
  ])('%s says nothing that counts', async (_, members) => {
    expect(await outcome(verifier.verify(await key.sign(claims, members)))).toBe('accepted')
  })
})

describe('what all objects inherit', () => {
  it.each([
    ['typ', 'at+jwt', { kid: '2026' }, 'invalid_token token_type_rejected'],
    ['crit', ['exp'], { kid: '2026', typ: 'at+jwt' }, 'accepted'],
    ['cty', 'JWT', { kid: '2026', typ: 'at+jwt' }, 'accepted'],
  ])('is no %s of a header', async (name, value, header, expected) => {
    const token = await key.sign({ ...claims, auth_time: claims.iat }, header)
    const strict = createVerifier({ profile: 'rfc9068' })
    Reflect.defineProperty(Object.prototype, name, { value, configurable: true })
    try {
      expect(await outcome(strict.verify(token))).toBe(expected)
    } finally {
      Reflect.deleteProperty(Object.prototype, name)
    }
  })
})
