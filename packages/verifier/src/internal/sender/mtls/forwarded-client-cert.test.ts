import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AccessTokenError } from '../../../access-token-error.js'
import { createClientCertificate } from '../../../../test/client-certificates.js'
import { verdict } from '../../../../test/verdict.js'
import { parseForwardedClientCert } from './forwarded-client-cert.js'

const john = await createClientCertificate('john')
const mallory = await createClientCertificate('mallory')
const hashOf = ({ thumbprint }: typeof john) => Buffer.from(thumbprint, 'base64url').toString('hex')
const certOf = ({ certificatePem }: typeof john) => encodeURIComponent(certificatePem)
const john64 = hashOf(john)
const mallory64 = hashOf(mallory)

const thumbprintIn = (field: string) => parseForwardedClientCert(field).thumbprint

describe('parseForwardedClientCert', () => {
  it.each([
    // The examples of Envoy's description, with a hash of the right length.
    [
      'By=http://frontend.example.com;Hash=<hash>;Subject="/C=US/ST=CA/L=San Francisco/OU=Lyft/CN=Test Client";URI=http://testclient.example.com',
    ],
    ['By=http://frontend.example.com;Hash=<hash>;URI=http://testclient.example.com'],
    ['By=http://frontend.example.com;Hash=<hash>;Subject="";URI=;DNS=a.example.com;DNS=www.example.com'],
    ['By=spiffe://a;By=spiffe://b;Hash=<hash>;URI=spiffe://c;URI=spiffe://d?x=y'],
    ['Hash=<hash>'],
    ['hash=<hash>'],
    ['BY=x;HASH=<hash>;SUBJECT="CN=a,O=b;OU=c"'],
    ['Hash="<hash>"'],
    ['Hash=<hash>;Subject="CN=\\"quoted\\",O=back\\\\slash\\,comma"'],
    ['Hash=<hash>;Subject="O=hash=0"'],
    ['Hash=<hash>;Rank=later'],
  ])('finds the hash in %s', (form) => {
    expect(thumbprintIn(form.replace('<hash>', john64))).toBe(john.thumbprint)
    expect(thumbprintIn(form.replace('<hash>', john64.toUpperCase()))).toBe(john.thumbprint)
  })

  it('finds the certificate too, quoted or not', () => {
    for (const cert of [`"${certOf(john)}"`, certOf(john)]) {
      const { der, thumbprint } = parseForwardedClientCert(`By=x;Hash=${john64};Cert=${cert};Chain="${certOf(john)}${certOf(mallory)}"`)
      expect(thumbprint).toBe(john.thumbprint)
      expect(Buffer.from(der ?? []).equals(john.certificateDer)).toBe(true)
    }
  })

  it.each([
    ['of a client in front of that of Envoy', `Hash=${john64},By=x;Hash=${mallory64}`],
    ['of a client in front of that of Envoy, from two fields', `Hash=${john64}, By=x;Hash=${mallory64}`],
    ['after one with another key', `By=x,Hash=${john64}`],
    ['of a name with a comma, which Envoy does not quote', `By=x;Hash=${mallory64};URI=spiffe://a,By=x;Hash=${john64}`],
    ['in front of an empty one', `Hash=${john64},`],
    ['behind an empty one', `,Hash=${john64}`],
    ['behind one without a hash', `URI=spiffe://a,Hash=${john64}`],
    ['behind one without a hash, not at its start', `URI=spiffe://a,By=x;Hash=${john64}`],
  ])('refuses an element %s', (_, field) => {
    expect(verdict(() => parseForwardedClientCert(field))).toBe('certificate_missing')
  })

  it.each([
    ['twice', `Hash=${mallory64};Hash=${john64}`],
    ['twice, the same', `Hash=${john64};Hash=${john64}`],
    ['twice in different case', `Hash=${mallory64};hash=${john64}`],
    ['in a name with a semicolon, which Envoy does not quote', `By=x;Hash=${mallory64};URI=spiffe://a;Hash=${john64}`],
    // The client opens a quote, and closes it with its own name: what Envoy wrote lies in between.
    ['that hides the one of Envoy', `Hash=${john64};Subject=",By=x;Hash=${mallory64};URI=spiffe://a"`],
    ['that hides the one of Envoy behind a space', `Hash=${john64};Subject=", Hash=${mallory64};URI=spiffe://a"`],
    ['that hides the one of Envoy in a quote', `Hash=${john64};Subject="Hash=${mallory64};URI=spiffe://a"`],
    ['that hides the one of Envoy behind an escape', `Hash=${john64};Subject="\\;Hash=${mallory64};URI=spiffe://a"`],
    ['that is hidden by another', `Subject=";Hash=${mallory64}";Hash=${john64}`],
    ['that hides with a space', `Hash =${mallory64};Hash=${john64}`],
  ])('refuses a hash %s', (_, field) => {
    expect(() => parseForwardedClientCert(field)).toThrow(/X-Forwarded-Client-Cert has more than one Hash: .*SANITIZE_SET/)
  })

  it.each([
    ['no hash', `By=x;Subject="CN=john"`],
    ['nothing but a certificate', `Cert="${certOf(john)}"`],
    ['a certificate in front of a hidden hash', `Cert="${certOf(john)}";Subject=",By=x;Hash=${mallory64};URI=spiffe://a"`],
    ['an empty hash', 'Hash=;By=x'],
    ['a SHA-1', `Hash=${john64.slice(0, 40)}`],
    ['a hash in base64url', `Hash=${john.thumbprint}`],
    ['a hash with a space', `Hash= ${john64}`],
    ['a hash with an escape', `Hash="\\${john64.replace(/^\d/, 'a')}0"`],
    ['a hash of 65 digits', `Hash=${john64}0`],
  ])('refuses %s', (_, field) => {
    expect(() => parseForwardedClientCert(field)).toThrow(/has no Hash that is a SHA-256 in hexadecimal$/)
  })

  it.each([
    ['two', `Hash=${john64};Cert="${certOf(mallory)}";Cert="${certOf(john)}"`],
    ['two in one value', `Hash=${john64};Cert="${certOf(mallory)}${certOf(john)}"`],
    ['an empty one', `Hash=${john64};Cert=""`],
    ['one that is not encoded', `Hash=${john64};Cert="${john.certificatePem}"`],
    ['one that is encoded twice', `Hash=${john64};Cert="${encodeURIComponent(certOf(john))}"`],
  ])('refuses %s for a certificate', (_, field) => {
    expect(verdict(() => parseForwardedClientCert(field))).toBe('certificate_missing')
  })

  it.each([
    [`Hash=${john64};`],
    [`;Hash=${john64}`],
    [`Hash=${john64};;By=x`],
    [`Hash=${john64};By`],
    [`Hash=${john64};=x`],
    [`Hash=${john64};By=a"b"`],
    [`Hash=${john64};Subject="CN=john`],
    [`Hash=${john64};Subject="CN=john\\"`],
    [`Hash=${john64};Subject="CN=john"x`],
    [`Hash=${john64};Subject="CN=john" ;By=x`],
    [`Hash=${john64};Subject=CN=john"`],
    [`Hash=${john64}; By=x`],
    [`Hash=${john64};Subject="a";Subject="b"`],
    [''],
    ['Hash'],
    [john64],
  ])('refuses the malformed %s', (field) => {
    expect(verdict(() => parseForwardedClientCert(field))).toBe('certificate_missing')
  })

  it.each(['"', '\\', '"\\', 'a=";', 'Hash=', ';', ',', 'a=b;', '%2', 'a'])('is not kept busy by a long run of %s', (text) => {
    expect(verdict(() => parseForwardedClientCert(`Hash=${john64};Subject="${text.repeat(100_000)}`))).toBe('certificate_missing')
    expect(verdict(() => parseForwardedClientCert(text.repeat(100_000)))).toBe('certificate_missing')
  })
})

describe('whatever the field is', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ';',
      ',',
      '"',
      '=',
      '\\',
      ' ',
      'Hash=',
      'hash=',
      'Cert=',
      'By=x',
      'URI=a',
      'Subject="CN=john"',
      'Subject="',
      ', ',
      '%0A',
    ),
    fc.constantFrom(john64, mallory64, certOf(john)),
    fc.string({ maxLength: 8 }),
  )
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

  it('nothing but an AccessTokenError is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (field) => {
        expect(['accepted', 'certificate_missing']).toContain(verdict(() => parseForwardedClientCert(field)))
      }),
      { numRuns: 5000, seed: 1 },
    )
  })

  it('a client who can write in front of what Envoy adds, and in the names that it does not quote, gets no other hash accepted', () => {
    let accepted = 0
    fc.assert(
      fc.property(text, fc.constantFrom('', ',', ', '), text, text, (before, comma, uri, dns) => {
        const field = `${before}${comma}By=spiffe://api;Hash=${mallory64};Subject="CN=mallory";URI=${uri};DNS=${dns}`
        const found = thumbprintOrNothing(field)
        if (found !== undefined) accepted++
        expect([undefined, mallory.thumbprint]).toContain(found)
      }),
      { numRuns: 20_000, seed: 1 },
    )
    expect(accepted).toBeGreaterThan(50)
  })

  it('what the last element does not hold is not found', () => {
    fc.assert(
      fc.property(text, (before) => {
        expect([undefined, mallory.thumbprint]).toContain(thumbprintOrNothing(`${before},Hash=${mallory64}`))
      }),
      { numRuns: 5000, seed: 1 },
    )
  })

  function thumbprintOrNothing(field: string): string | undefined {
    try {
      return thumbprintIn(field)
    } catch (error) {
      if (error instanceof AccessTokenError) return undefined
      throw error
    }
  }
})
