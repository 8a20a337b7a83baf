import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { JWK } from 'jose'
import { certificateThumbprint } from '../src/internal/certificates/certificate-thumbprint.js'
import { issueCertificate } from '../src/internal/certificates/issue-certificate.js'
import type { CertificateInput } from '../src/internal/certificates/issue-certificate.js'

/** A certificate with its key, all in PEM. */
export interface TestCertificate {
  readonly cert: string
  readonly key: string
  /** As `jwks` of a client registers it (RFC 8705 §2.2.2). */
  readonly jwk: JWK
  readonly thumbprint: string
  readonly publicKey: KeyObject
  readonly subject: CertificateInput['subject']
}

export interface TestCertificateInput {
  readonly subject: CertificateInput['subject']
  readonly use?: CertificateInput['use']
  readonly alternativeNames?: CertificateInput['alternativeNames']
  readonly issuer?: TestCertificate
  readonly notAfter?: Date
}

/** Makes a certificate for a new key, signed by its issuer or by itself. */
export async function createTestCertificate({
  issuer,
  notAfter,
  use = 'client',
  ...input
}: TestCertificateInput): Promise<TestCertificate> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const validity = { notBefore: new Date(Date.UTC(2026, 0, 1)), notAfter: notAfter ?? new Date(Date.UTC(2046, 0, 1)) }
  const signingKey = issuer === undefined ? privateKey : createPrivateKey(issuer.key)
  const cert = await issueCertificate({ ...input, ...validity, use, publicKey, signingKey, issuer })
  const { raw } = new X509Certificate(cert)
  return {
    cert,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    jwk: { ...(createPublicKey(cert).export({ format: 'jwk' }) as JWK), x5c: [raw.toString('base64')] },
    thumbprint: await certificateThumbprint(raw),
    publicKey,
    subject: input.subject,
  }
}
