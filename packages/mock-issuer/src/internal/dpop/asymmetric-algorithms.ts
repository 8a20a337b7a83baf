/**
 * The algorithms that clients may sign with: proofs, and assertions of `private_key_jwt`. Asymmetric ones only, so that no public key
 * can be taken for a secret (RFC 8725 §2.1).
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.1 RFC 7518 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9864#section-2.2 RFC 9864 §2.2 (Ed25519)}
 */
export const asymmetricAlgorithms: readonly string[] = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
]
