/**
 * The `cnf` of a token that is bound to a key of the client's: the thumbprint of its DPoP key, or of its certificate.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-6.1 RFC 9449 §6.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8705#section-3.1 RFC 8705 §3.1}
 */
export interface Confirmation {
  readonly jkt?: string
  readonly 'x5t#S256'?: string
}
