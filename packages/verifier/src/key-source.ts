import type { JWK } from 'jose'
import type { SigningAlgorithm } from './algorithms.js'

/** What a token's header says about the key that signed it. It is not trusted: it narrows the search, and the signature decides. */
export interface KeyHint {
  readonly alg: SigningAlgorithm
  readonly kid?: string | undefined
}

/** A public key of an issuer, and the algorithms that it may be used with. */
export interface VerificationKey {
  readonly kid: string | undefined
  readonly algorithms: readonly SigningAlgorithm[]
  /** The public members only. */
  readonly jwk: Readonly<JWK>
  /**
   * Whether this key made the signature of a compact JWS with this algorithm, which must be one of `algorithms`. The content of
   * header and payload is not checked.
   *
   * Throws or rejects when the platform finds that the key itself is invalid: that is the issuer's fault, and says nothing
   * about the token.
   */
  signed(token: string, algorithm: SigningAlgorithm): boolean | Promise<boolean>
}

/**
 * A JWK Set as published. Entries of any kind are allowed: those that cannot verify a signature are ignored.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export interface JsonWebKeySet {
  readonly keys: readonly JWK[]
}

/**
 * The source of an issuer's keys. One from `createRemoteJwks` can be given to several verifiers, which then share its cache. A
 * custom one throws or rejects with a `VerificationError`; any other error counts as `keys_unavailable`.
 */
export interface KeySource {
  /**
   * The keys that may have signed a token. At most four: each costs a signature verification.
   *
   * Keys in memory are returned without a promise, so that a verification need not wait for one; an error is then thrown
   * instead of rejected. `await` in a `try` block handles both.
   *
   * @throws {AccessTokenError} `key_not_found`, `key_unsuitable`, or `keys_unavailable` when that cannot be known now
   */
  keysFor(hint: KeyHint): readonly VerificationKey[] | Promise<readonly VerificationKey[]>
  /**
   * Keys to try when no key from `keysFor` verified the signature and none had the token's `kid`: the issuer may have rotated.
   * Empty when there is nothing newer.
   *
   * @throws {AccessTokenError} `keys_unavailable`
   */
  newerKeysFor(hint: KeyHint): Promise<readonly VerificationKey[]>
}

/** The keys of an issuer: a fixed set, the URL of one, or a shared source (`createRemoteJwks`). */
export type KeysOption = { readonly jwks: JsonWebKeySet } | { readonly jwksUri: string } | KeySource
