/** How the issuer takes DPoP proofs (RFC 9449). */
export interface DpopOptions {
  /**
   * Whether a proof must carry a nonce of the issuer's. `required`: one without is answered with `use_dpop_nonce` and a nonce to use.
   * `optional`: it may leave the nonce out, but one that it carries must be the issuer's. Either way each answer to a request with a
   * proof brings the nonce for the next. Default `optional`.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-8 RFC 9449 §8}
   */
  readonly nonce?: 'optional' | 'required'
}
