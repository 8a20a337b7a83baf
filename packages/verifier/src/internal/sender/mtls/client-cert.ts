import { AccessTokenError } from '../../../access-token-error.js'
import { decodeCertificate } from './der-certificate.js'
import type { PresentedCertificate } from './presented-certificate.js'

/**
 * Parses `Client-Cert`: one Byte Sequence, the certificate in base64 between colons, with spaces around it at most. RFC 9440
 * defines no parameters and no list, so both are refused, and so is a repeated header.
 *
 * @throws {AccessTokenError} `certificate_missing`
 * @see {@link https://www.rfc-editor.org/rfc/rfc9440#section-2.2 RFC 9440 §2.2} and
 *   {@link https://www.rfc-editor.org/rfc/rfc8941#section-3.3.5 RFC 8941 §3.3.5}
 */
export function parseClientCert(field: string): PresentedCertificate {
  const [, base64] = /^ *:([A-Za-z0-9+/]+={0,2}): *$/.exec(field) ?? []
  const der = base64 === undefined ? undefined : decodeCertificate(base64)
  if (der === undefined) {
    throw new AccessTokenError('certificate_missing', { detail: 'Client-Cert is not one certificate in base64 between colons' })
  }
  return { der }
}
