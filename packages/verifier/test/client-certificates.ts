import { createHash, X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

/** A client's key with a certificate that it signed itself. */
export interface ClientCertificate {
  readonly certificatePem: string
  readonly certificateDer: Uint8Array
  readonly keyPem: string
  /** `x5t#S256`: the base64url of the SHA-256 of the certificate in DER. */
  readonly thumbprint: string
}

/** A new certificate for a new P-256 key, valid from 2026 to 2046 and good for either end of a TLS connection. */
export async function createClientCertificate(commonName = 'john'): Promise<ClientCertificate> {
  const { cert, private: keyPem } = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.UTC(2026, 0, 1)),
    notAfterDate: new Date(Date.UTC(2046, 0, 1)),
  })
  const { raw } = new X509Certificate(cert)
  return { certificatePem: `${cert}\n`, certificateDer: raw, keyPem, thumbprint: createHash('sha256').update(raw).digest('base64url') }
}
