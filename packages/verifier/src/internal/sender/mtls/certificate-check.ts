import type { RequestLike } from '@bailiwick/protocol'
import { AccessTokenError } from '../../../access-token-error.js'
import type { MtlsOptions } from '../../../mtls-options.js'

export interface CertificateCheck {
  /**
   * @param thumbprint the base64url of the SHA-256 of the certificate that the token is bound to
   * @throws {AccessTokenError}
   */
  check(thumbprint: string, request: RequestLike): void | Promise<void>
}

export function createCertificateCheck(_: MtlsOptions): CertificateCheck {
  return {
    check() {
      throw new AccessTokenError('certificate_missing')
    },
  }
}
