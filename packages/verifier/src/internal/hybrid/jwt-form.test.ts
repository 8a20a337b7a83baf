import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJwt } from './jwt-form.js'

const encode = (text: string | Uint8Array) => Buffer.from(text).toString('base64url')
const header = encode('{"alg":"ES256","kid":"???>>>"}')
const jwe = encode('{"alg":"RSA-OAEP","enc":"A256GCM"}')

describe('a token is taken for a JWT', () => {
  it.each([
    ['with three parts', `${header}.e30.AAAA`],
    ['without a signature', `${header}.e30.`],
    ['without a payload', `${header}..AAAA`],
    ['with a part too few', `${header}.e30`],
    ['with a part too many', `${header}.e30.AAAA.AAAA`],
    ['with very many parts', `${header}${'.'.repeat(5000)}`],
    ['with five parts that are not encrypted', `${header}.a.b.c.d`],
    ['with three parts that claim to be encrypted', `${jwe}.e30.AAAA`],
    ['with four parts that claim to be encrypted', `${jwe}.a.b.c`],
    ['with six parts that claim to be encrypted', `${jwe}.a.b.c.d.e`],
    ['with padding at its end', `${header}.e30.AAAA==`],
    ['with something else at its end', `${header}.e30.AAAA \n`],
    ['with parts that are not base64url', `${header}.{}.~`],
    ['with a header in plain base64', `${Buffer.from('{"alg":"ES256","kid":"???>>>"}').toString('base64')}.e30.AAAA`],
    ['with a header that is padded', `${Buffer.from('{"alg":"ES256" }').toString('base64')}.e30.AAAA`],
    ['with white space in the header', `${encode(' {\n"alg": "ES256" }')}.e30.AAAA`],
    ['with an alg that is none', `${encode('{"alg":"none"}')}.e30.`],
    ['with an alg that is no string', `${encode('{"alg":1}')}.e30.`],
    ['with an alg that is null', `${encode('{"alg":null}')}.e30.`],
    ['with an alg twice', `${encode('{"alg":1,"alg":"ES256"}')}.e30.`],
  ])('%s', (_, token) => {
    expect(isJwt(token)).toBe(true)
  })
})

describe('a token is opaque', () => {
  it.each([
    ['that is empty', ''],
    ['without a dot', 'mF_9'],
    ['with a dot', 'mF_9.B5f-4.1JqM'],
    ['with a dot at its start', '.e30.AAAA'],
    ['with dots alone', '..'],
    ['of a header alone', header],
    ['that begins with a JSON object without alg', `${encode('{"typ":"JWT"}')}.e30.AAAA`],
    ['that begins with an empty object', 'e30.e30.AAAA'],
    ['that begins with an alg of the prototype', `${encode('{"__proto__":{"alg":"ES256"}}')}.e30.AAAA`],
    ['that begins with a JSON list', `${encode('["alg"]')}.e30.AAAA`],
    ['that begins with JSON text', `${encode('"alg"')}.e30.AAAA`],
    ['that begins with null', `${encode('null')}.e30.AAAA`],
    ['that begins with what is not UTF-8', `${encode(Buffer.from([0x7b, 0xff, 0x7d]))}.e30.AAAA`],
    ['that begins with what is too deep', `${encode(`{"alg":${'['.repeat(50)}${']'.repeat(50)}}`)}.e30.AAAA`],
    ['that begins with a length that bytes do not have', `${encode('{"alg":"ES256"}').slice(0, -3)}.e30.AAAA`],
    ['that begins with something too long', `${encode(`{"alg":"${'x'.repeat(13_000)}"}`)}.e30.AAAA`],
    ['that is a PASETO', 'v4.public.eyJhbGciOiJFUzI1NiJ9'],
    ['that is encrypted for somebody else', `${jwe}.a.b.c.d`],
    ['that is no string', undefined as never],
  ])('%s', (_, token) => {
    expect(isJwt(token)).toBe(false)
  })

  it('and found to be so quickly, however it is made', () => {
    for (const start of ['=', 'a=', 'A', '_'.repeat(3)]) expect(isJwt(`${start.repeat(5000)}x.${'.'.repeat(100_000)}`)).toBe(false)
  })
})

it('any string is one or the other', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom(header, jwe, 'e30', ''), fc.json().map(encode), fc.uint8Array().map(encode))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 7 }), fc.constantFrom('.', '.', '..', ' '), (parts, separator) => {
      expect(typeof isJwt(parts.join(separator))).toBe('boolean')
    }),
    { numRuns: 2000 },
  )
})
