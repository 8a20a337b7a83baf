import { X509Certificate } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCertificateCheck } from '../src/internal/sender/mtls/certificate-check.js'
import type { MtlsOptions } from '../src/mtls-options.js'
import { createClientCertificate } from './client-certificates.js'
import { verdict } from './verdict.js'

const john = await createClientCertificate('john')
const mallory = await createClientCertificate('mallory')

type Write = (of: typeof john) => string
/** The SHA-256, in hexadecimal, of the certificate that is in a field, by another and more lenient reader than that of the check. */
type Read = (value: string) => string

const hash: Write = ({ thumbprint }) => Buffer.from(thumbprint, 'base64url').toString('hex')
const escapedPem: Write = ({ certificatePem }) => encodeURIComponent(certificatePem)
const fingerprint = (certificate: string | Buffer) => new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
const readEscapedPem: Read = (value) => fingerprint(decodeURIComponent(value))
const fields: [string, MtlsOptions, Write, Read][] = [
  [
    'Client-Cert',
    { from: 'client-cert', trustedProxies: 'any' },
    (of) => `:${Buffer.from(of.certificateDer).toString('base64')}:`,
    (value) => fingerprint(Buffer.from(value, 'base64')),
  ],
  [
    'X-Forwarded-Client-Cert',
    { from: 'x-forwarded-client-cert', trustedProxies: 'any' },
    (of) => `By=spiffe://api;Hash=${hash(of)};Cert="${escapedPem(of)}";Subject="CN=a,O=b";URI=spiffe://a`,
    (value) => /(?:^|;)Hash=([^;]*)/i.exec(value)?.[1] ?? readEscapedPem(/Cert="([^"]*)/.exec(value)?.[1] ?? ''),
  ],
  ['X-SSL-Client-Cert', { from: 'escaped-pem', trustedProxies: 'any' }, escapedPem, readEscapedPem],
]

const scrap = fc.oneof(
  fc.constantFrom('', ',', ';', ':', '"', '%', '%0A', '%2D', '=', '+', '/', '-', ' ', '\\', 'A', '-----BEGIN%20CERTIFICATE-----%0A'),
  fc.string({ maxLength: 3 }),
)

describe.each(fields)('whatever is done to %s', (name, options, write, read) => {
  const { check } = createCertificateCheck(options)
  const present = (value: string) =>
    verdict(() => check(john.thumbprint, { method: 'GET', url: '/', headers: { get: (asked) => (asked === name ? value : null) } }))
  const spoilt = (value: string) =>
    fc
      .array(fc.tuple(fc.nat(value.length), fc.nat(4), scrap), { minLength: 1, maxLength: 3 })
      .map((changes) => changes.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), value))

  it('another certificate does not become that of the token', () => {
    expect(present(write(john))).toBe('accepted')
    fc.assert(
      fc.property(fc.oneof(spoilt(write(mallory)), fc.string({ unit: 'binary' })), (value) => {
        expect(['certificate_missing', 'certificate_mismatch']).toContain(present(value))
      }),
      { numRuns: 3000, seed: 1 },
    )
  })

  it('that of the token beside another one is none', () => {
    fc.assert(
      fc.property(scrap, scrap, scrap, (before, between, after) => {
        expect(present(`${before}${write(mallory)}${between}${write(john)}${after}`)).toBe('certificate_missing')
        expect(present(`${before}${write(john)}${between}${write(mallory)}${after}`)).toBe('certificate_missing')
      }),
      { numRuns: 1000, seed: 1 },
    )
  })

  it('that of the token is refused, or is still that of the token', () => {
    let accepted = 0
    fc.assert(
      fc.property(spoilt(write(john)), (value) => {
        const told = present(value)
        expect(['accepted', 'certificate_missing', 'certificate_mismatch']).toContain(told)
        if (told !== 'accepted') return
        accepted += 1
        expect(read(value)).toBe(hash(john))
      }),
      { numRuns: 3000, seed: 1 },
    )
    expect(accepted).toBeGreaterThan(0)
  })
})
