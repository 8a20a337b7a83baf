import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createPair,
  home,
  homeClaims,
  homeKey,
  homeRules,
  partner,
  partnerAudience,
  partnerClaims,
  partnerKey,
  partnerRules,
} from './multi-issuer-fixture.js'
import { rawToken } from './raw-token.js'
import { createTestKey } from './token-factory.js'
import { outcome } from './verdict.js'

const { verifier, fetched } = createPair()

/** The payload with one more member in front of the others, or behind them. */
const inFront = (payload: object, member: string) => JSON.stringify(payload).replace('{', `{${member},`)
const behind = (payload: object, member: string) => JSON.stringify(payload).replace(/\}$/, `,${member}}`)

describe('the keys of one issuer', () => {
  it('never verify a token that names another, although its key has the same kid', async () => {
    expect(await outcome(verifier.verify(await homeKey.sign(homeClaims)))).toBe('accepted')
    expect(await outcome(verifier.verify(await partnerKey.sign(partnerClaims)))).toBe('accepted')
    expect(await outcome(verifier.verify(await partnerKey.sign(homeClaims)))).toBe('invalid_token signature_invalid')
    expect(await outcome(verifier.verify(await homeKey.sign(partnerClaims)))).toBe('invalid_token signature_invalid')
  })

  it('never do so either when the token names no kid, or the kid that only the other has', async () => {
    const other = await createTestKey('other', 'ES256')
    const pair = createPair({ issuers: [homeRules, { ...partnerRules, keys: { jwks: { keys: [other.jwk] } } }] })
    expect(await outcome(pair.verifier.verify(await other.sign(homeClaims)))).toBe('invalid_token key_not_found')
    const kid = undefined
    expect(await outcome(pair.verifier.verify(await other.sign(homeClaims, { kid })))).toBe('invalid_token signature_invalid')
    expect(await outcome(pair.verifier.verify(await homeKey.sign(partnerClaims, { kid })))).toBe('invalid_token signature_invalid')
    expect(await outcome(pair.verifier.verify(await other.sign(partnerClaims, { kid })))).toBe('accepted')
  })

  it('are not brought along by the header', async () => {
    const header = { jwk: partnerKey.jwk, jku: `${partner}/jwks`, x5u: `${partner}/x5u`, iss: partner }
    expect(await outcome(verifier.verify(await partnerKey.sign(homeClaims, header)))).toBe('invalid_token signature_invalid')
  })

  it('are not those of a verdict on another token: each is kept under the whole of it', async () => {
    const token = await homeKey.sign(homeClaims)
    const [header, , signature] = token.split('.')
    await verifier.verify(token)
    const forged = `${header}.${Buffer.from(JSON.stringify(partnerClaims)).toString('base64url')}.${signature}`
    expect(await outcome(verifier.verify(forged))).toBe('invalid_token signature_invalid')
  })
})

describe('an issuer that is there twice in the JSON', () => {
  it.each([
    ['home, then partner', inFront(partnerClaims, `"iss":"${home}"`)],
    ['partner, then partner again', behind(partnerClaims, `"iss":"${partner}"`)],
    ['home, then partner with an escape', behind({ ...partnerClaims, iss: home }, `"i\\u0073s":"${partner}"`)],
  ])('counts the last time, for selection and check: %s', async (_, payload) => {
    expect(await outcome(verifier.verify(await partnerKey.sign(payload)))).toBe('accepted')
    expect(await outcome(verifier.verify(await homeKey.sign(payload)))).toBe('invalid_token signature_invalid')
    expect((await verifier.verify(await partnerKey.sign(payload))).issuer).toBe(partner)
  })

  it.each([
    ['an object with one of its own', behind(partnerClaims, `"x":{"iss":"${home}"}`), 'accepted'],
    ['another case', behind(partnerClaims, `"ISS":"${home}"`), 'accepted'],
    ['a prototype', behind(partnerClaims, `"__proto__":{"iss":"${home}"}`), 'accepted'],
    ['a number at last', behind(partnerClaims, '"iss":1'), 'invalid_token claim_invalid'],
    ['null at last', behind(partnerClaims, '"iss":null'), 'invalid_token claim_invalid'],
  ])('is not confused with %s', async (_, payload, expected) => {
    expect(await outcome(verifier.verify(await partnerKey.sign(payload)))).toBe(expected)
  })
})

describe('a name that is almost that of an issuer', () => {
  it.each([
    'https://LOGIN.example.com',
    'HTTPS://login.example.com',
    'https://login.example.com/',
    'https://login.example.com:443',
    'https://login.example.com?',
    'https://login.example.com#',
    'https://login.example.com/.',
    'https://login.example.com ',
    ' https://login.example.com',
    'https://login.example.com\u0000',
    'https://login.example.com\u200b',
    'https://login.example.com.',
    'https://login%2Eexample.com',
    'https://login.example%2ecom',
    'https://login.exampl\u0435.com',
    'https://login\u3002example.com',
    'https://l\u043Fgin.example.com',
    'https://john@login.example.com',
    'http://login.example.com',
    'https:/login.example.com',
    'https:\\\\login.example.com',
    'login.example.com',
    'https://login.example.com.evil.example',
    'https://evil.example/https://login.example.com',
    '',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    '0',
    'undefined',
    '[object Object]',
  ])('is that of nobody: %j', async (iss) => {
    expect(await outcome(verifier.verify(await homeKey.sign({ ...homeClaims, iss })))).toBe('invalid_token issuer_unknown')
  })

  it('is not normalised: two spellings in Unicode are two issuers', async () => {
    const composed = 'https://login.example.com/caf\u00e9'
    const pair = createPair({ issuers: [{ ...homeRules, issuer: composed }, partnerRules] })
    expect(await outcome(pair.verifier.verify(await homeKey.sign({ ...homeClaims, iss: composed })))).toBe('accepted')
    const iss = composed.normalize('NFD')
    expect(await outcome(pair.verifier.verify(await homeKey.sign({ ...homeClaims, iss })))).toBe('invalid_token issuer_unknown')
  })
})

describe('an issuer that is no string', () => {
  it.each([[1], [true], [null], [[home]], [{ toString: home }], [{}]])('selects nobody: %j', async (iss) => {
    expect(await outcome(verifier.verify(await homeKey.sign({ ...homeClaims, iss })))).toBe('invalid_token claim_invalid')
  })

  it('or is not there selects nobody, a default least of all', async () => {
    const { iss: _, ...rest } = homeClaims
    const single = createPair({ issuers: [homeRules] }).verifier
    expect(await outcome(single.verify(await homeKey.sign(rest)))).toBe('invalid_token claim_missing')
    const inherited = inFront(rest, `"__proto__":{"iss":"${home}"}`)
    expect(await outcome(single.verify(await homeKey.sign(inherited)))).toBe('invalid_token claim_missing')
  })
})

describe('a payload that is read to select', () => {
  it('is not parsed when the token is too large', async () => {
    const token = rawToken({ alg: 'ES256', kid: '2026' }, { ...homeClaims, x: 'x'.repeat(20_000) })
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_too_large')
    expect(await outcome(createPair({ maxTokenBytes: 100 }).verifier.verify(token.slice(0, 101)))).toBe('invalid_token token_too_large')
  })

  it.each([
    ['is deep', `${'{"x":'.repeat(33)}1${'}'.repeat(33)}`],
    ['is very deep', '['.repeat(5000)],
    ['is not JSON', '{"iss":'],
    ['is a list', `["${home}"]`],
    ['is text', `"${home}"`],
    ['is null', 'null'],
    ['is empty', ''],
    ['is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['has a byte order mark', `\ufeff${JSON.stringify(homeClaims)}`],
  ])('is refused when it %s', async (_, payload) => {
    expect(await outcome(verifier.verify(rawToken({ alg: 'ES256', kid: '2026' }, payload)))).toBe('invalid_token claims_malformed')
  })

  it('does not show in the message beyond its start', async () => {
    const iss = `https://evil.example/\n\u202e${'x'.repeat(5000)}`
    const error: unknown = await verifier.verify(await homeKey.sign({ ...homeClaims, iss })).catch((reason: unknown) => reason)
    expect(String(error)).toMatch(/^[ -~…]{0,200}$/)
  })
})

describe('the rules of one issuer', () => {
  it('do not hold for another: audience, algorithms, profile, age, claims and tolerance are its own', async () => {
    const strict = { ...partnerRules, algorithms: ['PS256'] as const, profile: 'rfc9068' as const, requiredClaims: ['account_nr'] }
    const pair = createPair({ issuers: [homeRules, strict] }).verifier
    expect(await outcome(pair.verify(await homeKey.sign(homeClaims)))).toBe('accepted')
    expect(await outcome(pair.verify(await partnerKey.sign(partnerClaims)))).toBe('invalid_token algorithm_not_allowed')
    expect(await outcome(verifier.verify(await homeKey.sign({ ...homeClaims, aud: partnerAudience })))).toBe(
      'invalid_token audience_mismatch',
    )
    const mild = createPair({ issuers: [homeRules, { ...partnerRules, clockToleranceSeconds: 60 }] }).verifier
    const exp = partnerClaims.iat
    expect(await outcome(mild.verify(await partnerKey.sign({ ...partnerClaims, exp })))).toBe('accepted')
    expect(await outcome(mild.verify(await homeKey.sign({ ...homeClaims, exp })))).toBe('invalid_token token_expired')
  })
})

it('whatever is said of the issuer, a token is accepted by the key of the issuer that it names, or not at all', async () => {
  const name = fc.oneof(fc.constantFrom(home, partner, '__proto__'), fc.string({ unit: 'binary' }), fc.webUrl())
  const value = fc.oneof({ weight: 3, arbitrary: name }, { weight: 1, arbitrary: fc.jsonValue() })
  const members = fc.array(fc.tuple(fc.constantFrom('iss', 'iss', 'ISS', 'issuer', '__proto__'), value), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(members, fc.boolean(), async (list, isHome) => {
      const [key, rest, own] = isHome ? [homeKey, homeClaims, home] : [partnerKey, partnerClaims, partner]
      const { iss: _, ...others } = rest
      const written = list.map(([member, of]) => `${JSON.stringify(member)}:${JSON.stringify(of)}`)
      const payload = [...written, JSON.stringify(others).slice(1)].join(',')
      const result = await outcome(verifier.verify(await key.sign(`{${payload}`)))
      const last = list.findLast(([member]) => member === 'iss')?.[1]
      if (last === own) expect(result).toBe('accepted')
      else expect(result).toMatch(/^invalid_token [a-z_]+$/)
    }),
    { numRuns: 500 },
  )
})

it('none of this fetched anything', () => {
  expect(fetched).toEqual([])
})
