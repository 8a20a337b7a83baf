import type { JWK } from 'jose'
import type { SigningAlgorithm } from './algorithms.js'

/** What a token's header says of the key that signed it. */
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
  /** The key for the platform's crypto, made once for each algorithm. */
  import(algorithm: SigningAlgorithm): Promise<CryptoKey>
}

/** A JWK Set as it is published (RFC 7517 §5). */
export interface JsonWebKeySet {
  readonly keys: readonly JWK[]
}

/**
 * Where the keys of an issuer come from. `createRemoteJwks` makes one that can be given to several verifiers, which then
 * share its cache.
 */
export interface KeySource {
  /**
   * The keys that may have signed a token, at most four.
   *
   * @throws AccessTokenError `key_not_found`, `key_unsuitable`, or `keys_unavailable` when that cannot be known now
   */
  keysFor(hint: KeyHint): readonly VerificationKey[] | Promise<readonly VerificationKey[]>
  /**
   * The keys to try after none of those of `keysFor` matched a token without `kid`; none when there are no newer ones.
   *
   * @throws AccessTokenError `keys_unavailable`
   */
  newerKeysFor(hint: KeyHint): Promise<readonly VerificationKey[]>
}
