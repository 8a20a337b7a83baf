import { AccessTokenError } from '../../../access-token-error.js'
import { decodeCertificate } from './der-certificate.js'
import type { PresentedCertificate } from './presented-certificate.js'

/**
 * Reads a field that holds one certificate as percent-encoded PEM.
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
 * Percent-encoding is taken away once, and `+` is itself: it is part of base64. Then there is one block `CERTIFICATE` and nothing else,
 * with line breaks of either kind at any place in the base64, where RFC 7468 wants them after 64 characters, and no other white space.
 * A block of another name, such as OpenSSL's `TRUSTED CERTIFICATE`, is none.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-2.1 RFC 3986 §2.1} and
 *   {@link https://www.rfc-editor.org/rfc/rfc7468#section-5.1 RFC 7468 §5.1}
 */
export function decodeEscapedPem(text: string): Uint8Array | undefined {
  // No escape above ASCII, so that the decoding cannot fail.
  if (!/^(?:[A-Za-z0-9\-+/=]|%[0-7][0-9A-Fa-f])*$/.test(text)) return undefined
  const pem = decodeURIComponent(text)
  const [, body] = /^-----BEGIN CERTIFICATE-----\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+)-----END CERTIFICATE-----(?:\r?\n)?$/.exec(pem) ?? []
  return body === undefined ? undefined : decodeCertificate(body.replaceAll(/\r?\n/g, ''))
}
