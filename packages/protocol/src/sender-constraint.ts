/**
 * Which sender-constrained tokens a verifier accepts, as challenges and metadata announce it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449 RFC 9449} (DPoP) and
 *   {@link https://www.rfc-editor.org/rfc/rfc8705#section-3 RFC 8705 §3} (mutual TLS)
 */
export interface SenderConstraintSupport {
  /** Whether tokens that are not sender-constrained are refused. */
  readonly required: boolean
  /** For tokens that are bound to a key, under the scheme `DPoP`. Absent when these are not accepted. */
  readonly dpop?: DpopSupport | undefined
  /** Whether tokens that are bound to a client certificate are accepted, under the scheme `Bearer`. */
  readonly mtls: boolean
}

/** What a client must know to make a DPoP proof. */
export interface DpopSupport {
  /** The accepted signature algorithms of proofs, for `algs` in challenges (RFC 9449 §7.1). */
  readonly algorithms: readonly string[]
  /** A nonce for the client's next proof (RFC 9449 §9). Absent when no nonce is required. */
  nonce?(): string | Promise<string>
}

/**
 * The error codes of a DPoP challenge that RFC 9449 adds to those of RFC 6750.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1} and §9
 */
export type DpopChallengeError = 'invalid_dpop_proof' | 'use_dpop_nonce'
