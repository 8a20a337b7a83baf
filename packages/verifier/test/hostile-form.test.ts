import { describe, expect, it } from 'vitest'
import { encodings } from './other-encodings.js'
import { partsOf, rawToken } from './raw-token.js'
import { claims, createVerifier, key } from './verifier-fixture.js'
import { outcome } from './verdict.js'

const verifier = createVerifier()
const good = await key.sign(claims)
const [header, payload, signature] = partsOf(good)

/** A signed payload that is sent as it is: text, or bytes. */
async function signed(content: string): Promise<string> {
  return outcome(verifier.verify(await key.sign(content)))
}

const json = JSON.stringify(claims)

describe('the form of a token', () => {
  it.each([
    ['the token itself', good, 'accepted'],
    ['nothing', '', 'invalid_token token_malformed'],
    ['a word', 'token', 'invalid_token token_malformed'],
    ['two parts', `${header}.${payload}`, 'invalid_token token_malformed'],
    ['two parts and a dot', `${header}.${payload}.`, 'invalid_token signature_invalid'],
    ['four parts', `${good}.${signature}`, 'invalid_token token_malformed'],
    ['five parts, as an encrypted token has', `${good}.${signature}.${signature}`, 'invalid_token token_encrypted'],
    ['no header', `.${payload}.${signature}`, 'invalid_token token_malformed'],
    ['no payload', `${header}..${signature}`, 'invalid_token signature_invalid'],
    ['a space at its start', ` ${good}`, 'invalid_token token_malformed'],
    ['a space at its end', `${good} `, 'invalid_token token_malformed'],
    ['a line break at its end', `${good}\n`, 'invalid_token token_malformed'],
    ['a space around a dot', `${header} .${payload}.${signature}`, 'invalid_token token_malformed'],
    ['the scheme before it', `Bearer ${good}`, 'invalid_token token_malformed'],
    ['two of them', `${good},${good}`, 'invalid_token token_malformed'],
    ['padding', `${header}.${payload}=.${signature}`, 'invalid_token token_malformed'],
    ['a line break in the payload', `${header}.${payload.slice(0, 8)}\n${payload.slice(8)}.${signature}`, 'invalid_token token_malformed'],
    ['a folded payload', `${header}.${payload.slice(0, 4)}\r\n \t${payload.slice(4)}.${signature}`, 'invalid_token token_malformed'],
    ['a space before the payload', `${header}. ${payload}.${signature}`, 'invalid_token token_malformed'],
    ['padding, percent-encoded', `${header}.${payload}%3D.${signature}`, 'invalid_token token_malformed'],
    ['the alphabet of base64', `${header}.${payload}.${signature.slice(0, -4)}+/+/`, 'invalid_token token_malformed'],
    ['a dot that is none', good.replace('.', '\u2024'), 'invalid_token token_malformed'],
    ['a zero byte', `${good}\0`, 'invalid_token token_malformed'],
    ['a megabyte', 'x'.repeat(1_000_000), 'invalid_token token_too_large'],
    ['64 kB of header', `${'A'.repeat(65_536)}.${payload}.${signature}`, 'invalid_token token_too_large'],
    ['64 kB of dots', '.'.repeat(65_536), 'invalid_token token_too_large'],
    ['the parts as JSON', JSON.stringify({ payload, protected: header, signature }), 'invalid_token token_malformed'],
  ])('%s', async (_, token, expected) => {
    expect(await outcome(verifier.verify(token))).toBe(expected)
  })

  it.each([undefined, null, 42, true, {}, [], [good], Symbol('token'), new Uint8Array(8), new String(good)])(
    'that is no string: %o',
    async (token) => {
      expect(await outcome(verifier.verify(token as never))).toBe('invalid_token token_malformed')
    },
  )

  it('has one spelling: other bits that are thrown away make another token', async () => {
    const last = signature.charAt(signature.length - 1)
    const twins = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('').filter((character) => {
      const decode = (text: string) => Buffer.from(text, 'base64url').toString('hex')
      return character !== last && decode(signature.slice(0, -1) + character) === decode(signature)
    })
    expect(twins).toHaveLength(15)
    for (const twin of twins) {
      expect(await outcome(verifier.verify(good.slice(0, -1) + twin))).toBe('invalid_token token_malformed')
    }
  })
})

describe('the payload of a signed token', () => {
  it.each([
    ['an array', JSON.stringify([claims]), 'invalid_token claims_malformed'],
    ['null', 'null', 'invalid_token claims_malformed'],
    ['a string', '"john"', 'invalid_token claims_malformed'],
    ['a number', '42', 'invalid_token claims_malformed'],
    ['nothing', '', 'invalid_token claims_malformed'],
    ['a space', ' ', 'invalid_token claims_malformed'],
    ['no JSON', `${json}}`, 'invalid_token claims_malformed'],
    ['two documents', `${json}${json}`, 'invalid_token claims_malformed'],
    ['a form', 'iss=https%3A%2F%2Flogin.example.com&sub=john', 'invalid_token claims_malformed'],
    ['a token in a token', good, 'invalid_token claims_malformed'],
    ['a byte order mark', `\ufeff${json}`, 'invalid_token claims_malformed'],
    ['white space around', ` ${json}\n`, 'accepted'],
    ['32 levels', json.replace('{', `{"deep":${'['.repeat(31)}${']'.repeat(31)},`), 'accepted'],
    ['33 levels', json.replace('{', `{"deep":${'['.repeat(32)}${']'.repeat(32)},`), 'invalid_token claims_malformed'],
    ['5,000 levels', json.replace('{', `{"deep":${'['.repeat(5000)}${']'.repeat(5000)},`), 'invalid_token claims_malformed'],
    ['two audiences, the last one ours', json.replace('{', '{"aud":"billing-api",'), 'accepted'],
    ['two audiences, the last one another', json.replace(/}$/, ',"aud":"billing-api"}'), 'invalid_token audience_mismatch'],
    ['two ends, the last one past', json.replace(/}$/, ',"exp":1}'), 'invalid_token token_expired'],
    ['a claim name spelt with escapes', json.replace('"aud"', String.raw`"\u0061ud"`), 'accepted'],
  ])('of %s', async (_, content, expected) => {
    expect(await signed(content)).toBe(expected)
  })

  it.each(encodings)('in %s is no set of claims', async (_, encode) => {
    expect(await outcome(verifier.verify(await key.signBytes(encode(json))))).toBe('invalid_token claims_malformed')
  })
})

describe('a token that is not signed by the issuer', () => {
  it('is not read: what its claims would do wrong is not found out', async () => {
    for (const content of ['{', 'null', '['.repeat(5000), JSON.stringify({ ...claims, exp: 1 })]) {
      expect(await outcome(verifier.verify(rawToken({ alg: 'ES256', kid: '2026' }, content)))).toBe('invalid_token signature_invalid')
    }
  })
})
