import type { JWK } from 'jose'
import type { SigningAlgorithm } from './algorithms.js'

/** What a token's header says of the key that signed it. Not to be trusted: it narrows the search, and the signature decides. */
export interface KeyHint {
  readonly alg: SigningAlgorithm
  readonly kid?: string | undefined
}

/** A public key of an issuer, and the algorithms that it may be used with. */
export interface VerificationKey {
  readonly kid: string | undefined
  readonly algorithms: readonly SigningAlgorithm[]
  /** The public members alone. */
  readonly jwk: Readonly<JWK>
  /**
   * Whether this key made the signature of a compact JWS with this algorithm, which must be one of `algorithms`. What the parts
   * hold is not looked at.
   *
   * Throws or rejects when the platform finds that the numbers are no key: that is the issuer's fault, and says nothing about the
   * token.
   */
  signed(token: string, algorithm: SigningAlgorithm): boolean | Promise<boolean>
}

/**
 * A JWK Set as it is published. Entries may be of any kind: those that cannot verify a signature are left out when it is read.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5}
 */
export interface JsonWebKeySet {
  readonly keys: readonly JWK[]
}

/**
 * Where the keys of an issuer come from. `createRemoteJwks` makes one that can be given to several verifiers, which then share
 * its cache. One of your own throws or rejects with a `VerificationError`; anything else that it throws counts as
 * `keys_unavailable`.
 */
export interface KeySource {
  /**
   * The keys that may have signed a token, four at most: each costs the verification of a signature.
   *
   * The answer comes without a promise when it is at hand, so that a verification need not wait for one; then an error is
   * thrown and not a rejection. `await` in a `try` block meets both.
   *
   * @throws {AccessTokenError} `key_not_found`, `key_unsuitable`, or `keys_unavailable` when that cannot be known now
   */
  keysFor(hint: KeyHint): readonly VerificationKey[] | Promise<readonly VerificationKey[]>
  /**
   * The keys to try when none of `keysFor` matched and none of them bears the `kid` of the token: then nothing but the signature
   * tells that the keys have changed. None when there are no newer ones.
   *
   * @throws {AccessTokenError} `keys_unavailable`
   */
  newerKeysFor(hint: KeyHint): Promise<readonly VerificationKey[]>
}

/** The keys of an issuer: a set that is known, the URL of one, or a source that is shared (`createRemoteJwks`). */
export type KeysOption = { readonly jwks: JsonWebKeySet } | { readonly jwksUri: string } | KeySource
