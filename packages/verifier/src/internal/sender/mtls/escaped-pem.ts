import { AccessTokenError } from '../../../access-token-error.js'
import { decodeCertificate } from './der-certificate.js'
import type { PresentedCertificate } from './presented-certificate.js'

/**
 * Parses a header with one certificate as percent-encoded PEM.
 *
 * @throws {AccessTokenError} `certificate_missing`
 */
export function parseEscapedPem(field: string, name: string): PresentedCertificate {
  const der = decodeEscapedPem(field)
  if (der === undefined) {
    const detail = `${name} is not one certificate in percent-encoded PEM, as $ssl_client_escaped_cert of nginx is`
    throw new AccessTokenError('certificate_missing', { detail })
  }
  return { der }
}

/**
 * Percent-decodes once; `+` is left alone, since it is part of base64. Then there must be exactly one block `CERTIFICATE`. Line
 * breaks of either kind may be anywhere in the base64 (RFC 7468 requires them after 64 characters); no other white space is
 * accepted. A block with another label, such as OpenSSL's `TRUSTED CERTIFICATE`, is refused.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-2.1 RFC 3986 §2.1} and
 *   {@link https://www.rfc-editor.org/rfc/rfc7468#section-5.1 RFC 7468 §5.1}
 */
export function decodeEscapedPem(text: string): Uint8Array | undefined {
  // Only ASCII escapes are accepted, so decoding cannot fail.
  if (!/^(?:[A-Za-z0-9\-+/=]|%[0-7][0-9A-Fa-f])*$/.test(text)) return undefined
  const pem = decodeURIComponent(text)
  const [, body] = /^-----BEGIN CERTIFICATE-----\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+)-----END CERTIFICATE-----(?:\r?\n)?$/.exec(pem) ?? []
  return body === undefined ? undefined : decodeCertificate(body.replaceAll(/\r?\n/g, ''))
}
