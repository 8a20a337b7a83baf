import { describe, expect, it } from 'vitest'
import { AccessTokenError } from '../src/access-token-error.js'
import { rawToken } from './raw-token.js'
import { claims, createVerifier, issuer, key, nowSeconds } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const verifier = createVerifier()
const json = JSON.stringify(claims)

describe('a token that the issuer signed, but not for this', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['iss with a slash more', { iss: `${issuer}/` }, 'invalid_token issuer_mismatch'],
    ['iss in another case', { iss: 'https://LOGIN.example.com' }, 'invalid_token issuer_mismatch'],
    ['iss of another', { iss: 'https://evil.example' }, 'invalid_token issuer_mismatch'],
    ['iss missing', { iss: undefined }, 'invalid_token claim_missing'],
    ['iss as a list', { iss: [issuer] }, 'invalid_token claim_invalid'],
    ['aud as a list with ours', { aud: ['billing-api', 'orders-api'] }, 'accepted'],
    ['aud as a list without ours', { aud: ['billing-api'] }, 'invalid_token audience_mismatch'],
    ['aud as an empty list', { aud: [] }, 'invalid_token audience_mismatch'],
    ['aud empty', { aud: '' }, 'invalid_token audience_mismatch'],
    ['aud missing', { aud: undefined }, 'invalid_token claim_missing'],
    ['aud as a number', { aud: 42 }, 'invalid_token claim_invalid'],
    ['aud as null', { aud: null }, 'invalid_token claim_invalid'],
    ['aud as an object', { aud: { 'orders-api': true } }, 'invalid_token claim_invalid'],
    ['exp missing', { exp: undefined }, 'invalid_token claim_missing'],
    ['exp as a string', { exp: String(nowSeconds + 300) }, 'invalid_token claim_invalid'],
    ['exp as null', { exp: null }, 'invalid_token claim_invalid'],
    ['exp past', { exp: nowSeconds - 1 }, 'invalid_token token_expired'],
    ['exp exactly now', { exp: nowSeconds }, 'invalid_token token_expired'],
    ['exp a fraction of a second ahead', { exp: nowSeconds + 0.25 }, 'accepted'],
    ['exp zero', { exp: 0 }, 'invalid_token token_expired'],
    ['exp negative', { exp: -1 }, 'invalid_token claim_invalid'],
    ['exp in milliseconds', { exp: (nowSeconds + 300) * 1000 }, 'invalid_token claim_invalid'],
    ['exp in a hundred years', { exp: nowSeconds + 3_155_760_000 }, 'accepted'],
    ['nbf ahead', { nbf: nowSeconds + 1 }, 'invalid_token token_not_yet_valid'],
    ['nbf now', { nbf: nowSeconds }, 'accepted'],
    ['nbf as a string', { nbf: '0' }, 'invalid_token claim_invalid'],
    ['iat ahead, when no age was asked for', { iat: nowSeconds + 60 }, 'accepted'],
    ['iat as a string', { iat: 'now' }, 'invalid_token claim_invalid'],
    ['sub as a number', { sub: 42 }, 'invalid_token claim_invalid'],
    ['client_id as a list', { client_id: ['shop'] }, 'invalid_token claim_invalid'],
    ['jti as a number', { jti: 1 }, 'invalid_token claim_invalid'],
    ['the nonce of an ID token', { nonce: 'n-0S6_WzA2Mj' }, 'invalid_token token_type_rejected'],
    ['the at_hash of an ID token', { at_hash: 'MTIzNDU2Nzg5MDEyMzQ1Ng' }, 'invalid_token token_type_rejected'],
    ['events, of a logout token', { events: {} }, 'invalid_token token_type_rejected'],
    ['token_use: id', { token_use: 'id' }, 'invalid_token token_type_rejected'],
    [
      'a certificate in cnf',
      { cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg0' } },
      'invalid_token confirmation_unchecked',
    ],
    ['a key in cnf', { cnf: { jkt: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I' } }, 'invalid_token confirmation_unchecked'],
    ['a cnf of null', { cnf: null }, 'invalid_token confirmation_invalid'],
  ])('%s', async (_, members, expected) => {
    expect(await outcome(verifier.verify(await key.sign({ ...claims, ...members })))).toBe(expected)
  })

  it.each([
    ['1e400', '"exp":1e400'],
    ['-1e400', '"exp":-1e400'],
    ['1e308', '"exp":1e308'],
    ['9007199254740993', '"exp":9007199254740993'],
  ])('exp %s', async (_, member) => {
    const content = json.replace(/"exp":\d+/, member)
    expect(await outcome(verifier.verify(await key.sign(content)))).toBe('invalid_token claim_invalid')
  })

  it('is refused for the first thing that is wrong, in the order of the checks', async () => {
    const wrong = { ...claims, sub: 42, iss: 'https://evil.example', aud: 'billing-api', exp: 1, nonce: 'n', cnf: {} }
    const mended: [object, string][] = [
      [{}, 'claim_invalid'],
      [{ sub: 'john' }, 'issuer_mismatch'],
      [{ iss: issuer }, 'audience_mismatch'],
      [{ aud: 'orders-api' }, 'token_expired'],
      [{ exp: nowSeconds + 1 }, 'token_type_rejected'],
      [{ nonce: undefined }, 'confirmation_invalid'],
    ]
    for (const [mend, code] of mended) {
      Object.assign(wrong, mend)
      expect(await outcome(verifier.verify(await key.sign(wrong)))).toBe(`invalid_token ${code}`)
    }
  })
})

describe('what is said of a token', () => {
  it('never holds any of its parts', async () => {
    const secret = 'c2VjcmV0LXRva2Vu'
    const tokens: [string, string][] = [
      [`${secret}.${secret}.${secret}`, 'header_malformed'],
      [secret, 'token_malformed'],
      [`Bearer ${secret}`, 'token_malformed'],
      [`${secret}.${secret}`, 'token_malformed'],
      [`${secret}=.${secret}.${secret}`, 'token_malformed'],
      [`${secret}.${secret}.${secret}.${secret}.${secret}`, 'token_encrypted'],
      [rawToken({ alg: 'ES256', kid: '2026', crit: [secret] }, claims), 'critical_header_unknown'],
      [rawToken({ alg: 'ES256', kid: '2026' }, claims, secret), 'signature_invalid'],
      [await key.sign(secret), 'claims_malformed'],
      [await key.sign({ ...claims, exp: 1, jti: secret }), 'token_expired'],
      [await key.sign({ ...claims, jti: [secret] }), 'claim_invalid'],
      [await key.sign({ ...claims, nbf: secret }), 'claim_invalid'],
      [await key.sign({ ...claims, cnf: { jkt: secret } }), 'confirmation_invalid'],
      [await key.sign(`{"jti":"${secret}"`), 'claims_malformed'],
      [await key.sign({ ...claims, jti: secret }, { kid: 'unknown' }), 'key_not_found'],
    ]
    for (const [token, code] of tokens) {
      const error: unknown = await verifier.verify(token).catch((reason: unknown) => reason)
      if (!(error instanceof AccessTokenError)) expect.fail('it was to be refused')
      expect(error.code).toBe(code)
      const said = `${error.message} ${String(error.cause)}`
      expect(said).not.toContain(secret)
      for (const part of token.split('.')) expect(said).not.toContain(part)
    }
  })
})
