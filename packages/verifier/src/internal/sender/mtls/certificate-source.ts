import { ConfigurationError, type RequestLike } from '@bailiwick/protocol'
import { AccessTokenError } from '../../../access-token-error.js'
import type { MtlsOptions } from '../../../mtls-options.js'
import { checkOptionNames } from '../../options.js'
import { quote } from '../../quote.js'
import { parseClientCert } from './client-cert.js'
import { parseEscapedPem } from './escaped-pem.js'
import { parseForwardedClientCert } from './forwarded-client-cert.js'
import type { PresentedCertificate } from './presented-certificate.js'
import { createProxyTrust, type ProxyTrust } from './trusted-proxies.js'

/** @throws {AccessTokenError} `certificate_missing` */
export type CertificateSource = (request: RequestLike) => PresentedCertificate

/** Longer headers are not parsed. By default Node accepts 16,384 bytes of headers in total, and Envoy 61,440. */
const maxFieldCharacters = 32_768

const fields = {
  'client-cert': { name: 'Client-Cert', parse: parseClientCert },
  'x-forwarded-client-cert': { name: 'X-Forwarded-Client-Cert', parse: parseForwardedClientCert },
  'escaped-pem': { name: 'X-SSL-Client-Cert', parse: parseEscapedPem },
} as const satisfies Record<string, { name: string; parse: (field: string, name: string) => PresentedCertificate }>

/** @throws {ConfigurationError} for an option that cannot work */
export function createCertificateSource(options: MtlsOptions): CertificateSource {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigurationError("senderConstraint.mtls must be an object, such as { from: 'connection' }, or left out")
  }
  if (options.from === 'connection') {
    checkConnectionOptions(options)
    return certificateOfConnection
  }
  if (!Object.hasOwn(fields, options.from)) {
    throw new ConfigurationError(`senderConstraint.mtls.from must be one of connection, ${Object.keys(fields).join(', ')}`)
  }
  const { name: defaultName, parse } = fields[options.from]
  const takesHeader = options.from === 'escaped-pem'
  checkOptionNames('senderConstraint.mtls', options, takesHeader ? ['from', 'header', 'trustedProxies'] : ['from', 'trustedProxies'])
  const name = takesHeader ? checkFieldName(options.header ?? defaultName) : defaultName
  const requireTrust = createProxyTrust(options.trustedProxies)
  return (request) => parse(readField(request, name, requireTrust), name)
}

function checkConnectionOptions(options: object): void {
  if ('trustedProxies' in options) {
    throw new ConfigurationError(
      "senderConstraint.mtls.trustedProxies goes with a field that a proxy sets: leave it out, or change from: 'connection'",
    )
  }
  checkOptionNames('senderConstraint.mtls', options, ['from'])
}

function checkFieldName(name: unknown): string {
  if (typeof name === 'string' && /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return name
  throw new ConfigurationError(`senderConstraint.mtls.header must be the name of a header, such as X-SSL-Client-Cert; it is ${quote(name)}`)
}

function certificateOfConnection({ peer }: RequestLike): PresentedCertificate {
  if (peer === undefined) throw missing('the request does not tell who is connected (peer)')
  const der = peer.certificate
  if (der === undefined || der.length === 0)
    throw missing('the connection has none: the client gave none, or the server does not ask for one (requestCert)')
  return { der }
}

function readField(request: RequestLike, name: string, requireTrust: ProxyTrust): string {
  const field = request.headers.get(name)
  if (field === null || field === '') {
    throw missing(`there is no ${name}: the client gave none, or the proxy does not ask for one or does not set the field`)
  }
  requireTrust(request.peer, name)
  if (field.length > maxFieldCharacters) throw missing(`${name} is longer than ${maxFieldCharacters} characters`)
  return field
}

function missing(detail: string): AccessTokenError {
  return new AccessTokenError('certificate_missing', { detail })
}
