import type { InProcessRequestInit } from '../../in-process-request.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { ClientCertificate } from './client-certificate.js'
import { parsePemCertificate } from './pem.js'

/**
 * Reads the certificate that a request in process is said to have come with.
 * @throws {MockIssuerError} `invalid_option` for what is no certificate in PEM
 */
export function readClientCertificate(given: NonNullable<InProcessRequestInit['clientCertificate']>): ClientCertificate {
  const { pem, chainTrusted } = typeof given === 'string' ? { pem: given, chainTrusted: true } : given
  const der = parsePemCertificate(pem)
  if (der !== undefined) return { der, chainTrusted }
  throw new MockIssuerError('invalid_option', 'The option "clientCertificate" of fetch() must be a certificate in PEM.')
}
