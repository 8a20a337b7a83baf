import { createHash } from 'node:crypto'
import type { RequestLike } from '@bailiwick/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createClientCertificate } from '../../../../test/client-certificates.js'
import { verdict } from '../../../../test/verdict.js'
import type { MtlsOptions } from '../../../mtls-options.js'
import * as portable from '../../platform/portable.js'
import { createCertificateCheck } from './certificate-check.js'

const john = await createClientCertificate('john')
const mallory = await createClientCertificate('mallory')
const hashOf = ({ thumbprint }: typeof john) => Buffer.from(thumbprint, 'base64url').toString('hex')

const address = '10.0.0.7'
const overTls = (certificate: Uint8Array): RequestLike => ({
  method: 'GET',
  url: '/',
  headers: new Headers(),
  peer: { address, certificate },
})
const forwarded = (name: string, value: string): RequestLike => ({
  method: 'GET',
  url: '/',
  headers: new Headers({ [name]: value }),
  peer: { address, certificate: undefined },
})

type Presented = [string, MtlsOptions, (certificate: typeof john) => RequestLike]

const ways: Presented[] = [
  ['the connection', { from: 'connection' }, ({ certificateDer }) => overTls(certificateDer)],
  [
    'Client-Cert',
    { from: 'client-cert', trustedProxies: [address] },
    ({ certificateDer }) => forwarded('Client-Cert', `:${Buffer.from(certificateDer).toString('base64')}:`),
  ],
  [
    'the hash of X-Forwarded-Client-Cert',
    { from: 'x-forwarded-client-cert', trustedProxies: [address] },
    (certificate) => forwarded('X-Forwarded-Client-Cert', `By=x;Hash=${hashOf(certificate)}`),
  ],
  [
    'the certificate of X-Forwarded-Client-Cert',
    { from: 'x-forwarded-client-cert', trustedProxies: [address] },
    (certificate) =>
      forwarded('X-Forwarded-Client-Cert', `Hash=${hashOf(certificate)};Cert="${encodeURIComponent(certificate.certificatePem)}"`),
  ],
  [
    'an escaped PEM',
    { from: 'escaped-pem', trustedProxies: [address] },
    ({ certificatePem }) => forwarded('X-SSL-Client-Cert', encodeURIComponent(certificatePem)),
  ],
]

describe.each(ways)('a certificate from %s', (_, options, present) => {
  const { check } = createCertificateCheck(options)

  it('is that of the token, at once', () => {
    expect(check(john.thumbprint, present(john))).toBe(undefined)
  })

  it('is not that of the token if it is another', () => {
    expect(verdict(() => check(john.thumbprint, present(mallory)))).toBe('certificate_mismatch')
  })

  it.each([
    ['the SHA-1', createHash('sha1').update(john.certificateDer).digest('base64url')],
    ['the SHA-256 in hexadecimal', hashOf(john)],
    ['the SHA-256 with padding', `${john.thumbprint}=`],
    ['the SHA-256 in lower case', john.thumbprint.toLowerCase()],
    ['the SHA-256 but for its end', john.thumbprint.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'))],
    ['the SHA-256 of the PEM', createHash('sha256').update(john.certificatePem).digest('base64url')],
    ['nothing', ''],
  ])('is not that of a token with %s', (_name, thumbprint) => {
    expect(verdict(() => check(thumbprint, present(john)))).toBe('certificate_mismatch')
  })
})

describe('a Hash and a Cert of different certificates', () => {
  const { check } = createCertificateCheck({ from: 'x-forwarded-client-cert', trustedProxies: [address] })
  const pemOf = ({ certificatePem }: typeof john) => encodeURIComponent(certificatePem)

  it.each([
    ['the hash', `Hash=${hashOf(john)};Cert="${pemOf(mallory)}"`],
    ['the certificate', `Hash=${hashOf(mallory)};Cert="${pemOf(john)}"`],
  ])('are no certificate, even if %s is that of the token', (_, value) => {
    expect(() => check(john.thumbprint, forwarded('X-Forwarded-Client-Cert', value))).toThrow(
      'and there is none: Hash and Cert are of different certificates',
    )
  })
})

describe('where hashing takes a promise', () => {
  afterEach(() => {
    vi.doUnmock('#platform')
    vi.resetModules()
  })

  it.each(ways)('a certificate from %s is checked just the same', async (_, options, present) => {
    vi.doMock('#platform', () => portable)
    vi.resetModules()
    const { check } = (await import('./certificate-check.js')).createCertificateCheck(options)
    const checked = async (certificate: typeof john) => check(john.thumbprint, present(certificate))
    await expect(checked(john)).resolves.toBe(undefined)
    await expect(checked(mallory)).rejects.toMatchObject({ code: 'certificate_mismatch' })
  })
})
