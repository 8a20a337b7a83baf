import { describe, expect, it } from 'vitest'
import { rawToken } from '../../../../test/raw-token.js'
import { verdict } from '../../../../test/verdict.js'
import { parseProof } from './proof-form.js'

const nothingKnown = { startOf: () => undefined }
const parse = (proof: string) => parseProof(proof, nothingKnown)

describe('parseProof', () => {
  it('takes a proof apart', () => {
    expect(parse(rawToken({ alg: 'ES256' }, { a: 1 }))).toMatchObject({
      header: { alg: 'ES256' },
      encodedHeader: 'eyJhbGciOiJFUzI1NiJ9',
      encodedPayload: 'eyJhIjoxfQ',
    })
  })

  it('does not parse a header again that is known', () => {
    const known = { encodedHeader: 'e30', header: { alg: 'known' } }
    expect(parseProof('e30.e30.AAAA', { startOf: () => known })).toMatchObject({ known, header: { alg: 'known' } })
  })

  it.each([
    ['no JWT', 'proof'],
    ['two parts', 'e30.e30'],
    ['four parts', 'e30.e30.e30.e30'],
    ['an encrypted one', 'e30.e30.e30.e30.e30'],
    ['two in one field', 'e30.e30.AAAA e30.e30.AAAA'],
    ['white space around it', ' e30.e30.AAAA'],
    ['base64 and not base64url', 'e30.e30.++++'],
    ['padding', 'e30=.e30.AAAA'],
    ['bits that are thrown away', 'e31.e30.AAAA'],
    ['no header', '.e30.AAAA'],
    ['a header that is an array', rawToken([], {})],
    ['a header that is a string', rawToken('"ES256"', {})],
    ['a header that is null', rawToken('null', {})],
    ['a header that is no JSON', rawToken('{', {})],
    ['a header that is no UTF-8', rawToken(new Uint8Array([0xff]), {})],
    ['a header of nine levels', rawToken({ x: [[[[[[[[]]]]]]]] }, {})],
    ['a kid that is no string', rawToken({ kid: 1 }, {})],
  ])('refuses %s', (_, proof) => {
    expect(verdict(() => parse(proof))).toBe('dpop_proof_invalid')
  })

  it('takes 8,192 characters and no more', () => {
    const ofLength = (length: number) => `e30.${'A'.repeat(length - 8)}.AAAA`.slice(0, length)
    expect(verdict(() => parse(`e30.e30.${'A'.repeat(8184)}`))).toBe('accepted')
    expect(verdict(() => parse(`e30.e30.${'A'.repeat(8188)}`))).toBe('dpop_proof_invalid')
    expect(() => parse(ofLength(1_000_000))).toThrow('it has 1000000 characters, and 8192 are allowed')
  })
})
