/**
 * The signature algorithms that a token may be verified with. All are asymmetric: a secret shared between an issuer and its
 * APIs would let every API issue tokens (RFC 8725 §3.1, §3.2).
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.1 RFC 7518 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9864#section-2.2 RFC 9864 §2.2} for `Ed25519`
 */
export type SigningAlgorithm = 'RS256' | 'RS384' | 'RS512' | 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512' | 'EdDSA' | 'Ed25519'

/** Every supported algorithm: the default of `algorithms`. A key is used only with those that fit its type, curve and `alg`. */
export const signingAlgorithms: readonly SigningAlgorithm[] = Object.freeze([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
])

/** Whether a value is a supported algorithm; `none` and the HMAC ones are not. */
export function isSigningAlgorithm(value: unknown): value is SigningAlgorithm {
  return (signingAlgorithms as readonly unknown[]).includes(value)
}
