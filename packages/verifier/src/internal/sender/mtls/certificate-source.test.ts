import { ConfigurationError, type RequestLike } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createClientCertificate } from '../../../../test/client-certificates.js'
import { verdict } from '../../../../test/verdict.js'
import type { MtlsOptions } from '../../../mtls-options.js'
import { createCertificateSource } from './certificate-source.js'

const john = await createClientCertificate()
const byteSequence = `:${Buffer.from(john.certificateDer).toString('base64')}:`
const hash = Buffer.from(john.thumbprint, 'base64url').toString('hex')
const escapedPem = encodeURIComponent(john.certificatePem)

const trustedProxies = ['10.0.0.7']
const proxy = { address: '10.0.0.7', certificate: undefined }
const connected = (certificate: Uint8Array | undefined) => ({ address: '203.0.113.9', certificate })

function request(headers: Record<string, string>, peer?: RequestLike['peer']): RequestLike {
  return { method: 'GET', url: '/', headers: new Headers(headers), peer }
}

describe('a certificate of the connection', () => {
  const certificateOf = createCertificateSource({ from: 'connection' })

  it('is that of the peer', () => {
    expect(certificateOf(request({}, connected(john.certificateDer)))).toEqual({ der: john.certificateDer })
  })

  it.each([
    ['the connection has none: the client gave none, or the server does not ask for one (requestCert)', connected(undefined)],
    ['the connection has none: the client gave none, or the server does not ask for one (requestCert)', connected(new Uint8Array())],
    ['the request does not tell who is connected (peer)', undefined],
  ])('is missing if %s', (detail, peer) => {
    const headers = { 'client-cert': byteSequence, 'x-forwarded-client-cert': `Hash=${hash}`, 'x-ssl-client-cert': escapedPem }
    expect(() => certificateOf(request(headers, peer))).toThrow(`and there is none: ${detail}`)
    expect(verdict(() => certificateOf(request(headers, peer)))).toBe('certificate_missing')
  })
})

describe.each<[string, string, MtlsOptions]>([
  ['Client-Cert', byteSequence, { from: 'client-cert', trustedProxies }],
  ['X-Forwarded-Client-Cert', `Hash=${hash}`, { from: 'x-forwarded-client-cert', trustedProxies }],
  ['X-SSL-Client-Cert', escapedPem, { from: 'escaped-pem', trustedProxies }],
  ['X-Cert', escapedPem, { from: 'escaped-pem', header: 'x-cert', trustedProxies }],
])('a certificate in %s', (name, value, options) => {
  const certificateOf = createCertificateSource(options)
  const missing = (headers: Record<string, string>, peer: RequestLike['peer']) => verdict(() => certificateOf(request(headers, peer)))

  it.each([[name], [name.toLowerCase()], [name.toUpperCase()]])('is taken from a trusted proxy, under %s', (spelling) => {
    const { der, thumbprint } = certificateOf(request({ [spelling]: value }, proxy))
    expect(thumbprint ?? Buffer.from(der ?? []).toString('base64')).toBe(
      thumbprint === undefined ? Buffer.from(john.certificateDer).toString('base64') : john.thumbprint,
    )
  })

  it('is not taken from anybody else, who may have a certificate of their own', () => {
    expect(missing({ [name]: value }, connected(undefined))).toBe('certificate_missing')
    expect(missing({ [name]: value }, connected(john.certificateDer))).toBe('certificate_missing')
    expect(missing({ [name]: value, 'x-forwarded-for': '10.0.0.7', forwarded: 'for=10.0.0.7' }, connected(undefined))).toBe(
      'certificate_missing',
    )
  })

  it('is not taken where it is not known who is connected', () => {
    expect(missing({ [name]: value }, undefined)).toBe('certificate_missing')
    expect(missing({ [name]: value }, { address: undefined, certificate: undefined })).toBe('certificate_missing')
  })

  it('is not that of the connection, which is the proxy’s own', () => {
    expect(missing({}, { ...proxy, certificate: john.certificateDer })).toBe('certificate_missing')
  })

  it('is missing without the field, and with an empty one', () => {
    expect(() => certificateOf(request({}, proxy))).toThrow(
      `there is no ${options.from === 'escaped-pem' ? (options.header ?? name) : name}: the client gave none, or the proxy does not ask for one or does not set the field`,
    )
    expect(missing({ [name]: '' }, proxy)).toBe('certificate_missing')
  })

  it('is missing if the field came twice', () => {
    const headers = new Headers([
      [name, value],
      [name, value],
    ])
    expect(verdict(() => certificateOf({ method: 'GET', url: '/', headers, peer: proxy }))).toBe('certificate_missing')
  })

  it('is missing if the field is too long', () => {
    expect(() => certificateOf(request({ [name]: `${value}${'a'.repeat(32_768)}` }, proxy))).toThrow(/is longer than 32768 characters$/)
  })

  it('is not looked for in the other fields', () => {
    const others: Record<string, string> = {
      'client-cert': byteSequence,
      'client-cert-chain': byteSequence,
      'x-forwarded-client-cert': `Hash=${hash}`,
      'x-ssl-client-cert': escapedPem,
      'x-cert': escapedPem,
    }
    delete others[name.toLowerCase()]
    expect(missing(others, proxy)).toBe('certificate_missing')
  })

  it('is taken from anybody with trustedProxies: any', () => {
    const gullible = createCertificateSource({ ...options, trustedProxies: 'any' } as MtlsOptions)
    expect(verdict(() => gullible(request({ [name]: value })))).toBe('accepted')
    expect(verdict(() => gullible(request({ [name]: value }, connected(undefined))))).toBe('accepted')
  })
})

describe('createCertificateSource', () => {
  it.each<[string, unknown, RegExp]>([
    ['true', true, /^senderConstraint\.mtls must be an object, such as \{ from: 'connection' \}/],
    ['null', null, /^senderConstraint\.mtls must be an object/],
    [
      'nothing to take it from',
      {},
      /^senderConstraint\.mtls\.from must be one of connection, client-cert, x-forwarded-client-cert, escaped-pem$/,
    ],
    ['another place', { from: 'Client-Cert', trustedProxies }, /^senderConstraint\.mtls\.from must be/],
    ['a place on the prototype', { from: 'constructor', trustedProxies }, /^senderConstraint\.mtls\.from must be/],
    ['proxies of the connection', { from: 'connection', trustedProxies }, /^senderConstraint\.mtls\.trustedProxies goes with a field/],
    ['a header of the connection', { from: 'connection', header: 'a' }, /^senderConstraint\.mtls has no option "header": it has from$/],
    ['no proxies', { from: 'client-cert' }, /^senderConstraint\.mtls\.trustedProxies must list/],
    ['an empty list of proxies', { from: 'escaped-pem', trustedProxies: [] }, /^senderConstraint\.mtls\.trustedProxies must list/],
    [
      'a bad block',
      { from: 'client-cert', trustedProxies: ['10.0.0.0/99'] },
      /^senderConstraint\.mtls\.trustedProxies: "10\.0\.0\.0\/99" must/,
    ],
    [
      'another name for Client-Cert',
      { from: 'client-cert', header: 'a', trustedProxies },
      /has no option "header": it has from, trustedProxies$/,
    ],
    ['another name for the field of Envoy', { from: 'x-forwarded-client-cert', header: 'a', trustedProxies }, /has no option "header"/],
    ['a misspelt option', { from: 'escaped-pem', trustedProxy: [], trustedProxies }, /has no option "trustedProxy"/],
    ['an empty name', { from: 'escaped-pem', header: '', trustedProxies }, /^senderConstraint\.mtls\.header must be the name of a header/],
    ['a name with a colon', { from: 'escaped-pem', header: 'X-Cert:', trustedProxies }, /^senderConstraint\.mtls\.header must be/],
    ['a name with a space', { from: 'escaped-pem', header: 'X Cert', trustedProxies }, /^senderConstraint\.mtls\.header must be/],
    ['a name with a line break', { from: 'escaped-pem', header: 'X-Cert\n', trustedProxies }, /^senderConstraint\.mtls\.header must be/],
    ['a name that is no text', { from: 'escaped-pem', header: 7, trustedProxies }, /^senderConstraint\.mtls\.header must be/],
  ])('refuses %s', (_, options, message) => {
    const create = () => createCertificateSource(options as MtlsOptions)
    expect(create).toThrow(ConfigurationError)
    expect(create).toThrow(message)
  })
})
