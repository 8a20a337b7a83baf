import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { TrustedIssuer } from '../src/trusted-issuer.js'

/** Another issuer than the one under test, with a key of its own. */
export interface ForeignIssuer {
  readonly trusted: TrustedIssuer
  /** Signs a JWT of that issuer; a claim that is set to `undefined` is left out. */
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>
}

export const foreignIssuerName = 'https://partner.example.com'

export async function createForeignIssuer(): Promise<ForeignIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'partner-1', alg: 'ES256' }
  return {
    trusted: { issuer: foreignIssuerName, jwks: { keys: [jwk] } },
    sign: (claims, header = {}) =>
      new SignJWT({ iss: foreignIssuerName, ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'partner-1', ...header }).sign(privateKey),
  }
}
