import { isThenable, type RequestLike } from '@bailiwick/protocol'
import { sha256 } from '#platform'
import { AccessTokenError } from '../../../access-token-error.js'
import type { MtlsOptions } from '../../../mtls-options.js'
import { createCertificateSource } from './certificate-source.js'
import type { PresentedCertificate } from './presented-certificate.js'

export interface CertificateCheck {
  /**
   * @param thumbprint the base64url SHA-256 of the certificate that the token is bound to
   * @throws {AccessTokenError} `certificate_missing`, `certificate_mismatch`
   */
  check(thumbprint: string, request: RequestLike): void | Promise<void>
}

/**
 * Checks that a request came with the certificate that its token is bound to: `x5t#S256` is the SHA-256 of the whole
 * certificate in DER. The content of the certificate, such as its validity and issuer, is not checked: that is for TLS, where
 * the client proved possession of the key. An unreadable header counts as no certificate.
 *
 * Thumbprints are not secret: they are hashes of what is sent in the clear, and the token names the expected one. So they are
 * compared like any other text.
 *
 * @throws {ConfigurationError} for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-3 RFC 8705 §3}
 */
export function createCertificateCheck(options: MtlsOptions): CertificateCheck {
  const certificateOf = createCertificateSource(options)
  return {
    check(thumbprint, request) {
      const presented = certificateOf(request)
      if (presented.der === undefined) return compare(thumbprint, presented.thumbprint)
      const digest = sha256(presented.der)
      if (isThenable(digest)) return digest.then((later) => settle(thumbprint, later, presented))
      return settle(thumbprint, digest, presented)
    },
  }
}

function settle(thumbprint: string, digest: string, { thumbprint: stated = digest }: PresentedCertificate): void {
  if (stated !== digest) throw new AccessTokenError('certificate_missing', { detail: 'Hash and Cert are of different certificates' })
  compare(thumbprint, digest)
}

function compare(thumbprint: string, presented: string): void {
  if (presented !== thumbprint) throw new AccessTokenError('certificate_mismatch')
}
