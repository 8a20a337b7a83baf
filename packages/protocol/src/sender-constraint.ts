/**
 * How a verifier has tokens bound to their senders: what challenges and metadata say of it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449 RFC 9449} (DPoP) and
 *   {@link https://www.rfc-editor.org/rfc/rfc8705#section-3 RFC 8705 §3} (mutual TLS)
 */
export interface SenderConstraintSupport {
  /** Whether a token that is bound to nobody is refused. */
  readonly required: boolean
  /** Tokens that are bound to a key, presented under the scheme `DPoP`. */
  readonly dpop?: DpopSupport | undefined
  /** Whether tokens that are bound to a client certificate, presented under the scheme `Bearer`, are accepted. */
  readonly mtls: boolean
}

/** What a client must know to write a DPoP proof. */
export interface DpopSupport {
  /** The signature algorithms of proofs that are accepted, for `algs` in challenges (RFC 9449 §7.1). */
  readonly algorithms: readonly string[]
  /** A nonce for the client's next proof (RFC 9449 §9); absent when none is demanded. */
  nonce?(): string | Promise<string>
}

/**
 * The errors of a DPoP challenge that are not those of RFC 6750.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1} and §9
 */
export type DpopChallengeError = 'invalid_dpop_proof' | 'use_dpop_nonce'
