/**
 * The algorithms that the issuer signs with: asymmetric only, as RFC 8725 asks. RSA keys are 2048 bits long, ES256 is
 * on P-256 and EdDSA on Ed25519.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.1 RFC 7518 §3.1}
 */
export type SigningAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA'

/** Every algorithm that the issuer can sign with, as the discovery document lists them. */
export const signingAlgorithms: readonly SigningAlgorithm[] = ['ES256', 'RS256', 'PS256', 'EdDSA']
