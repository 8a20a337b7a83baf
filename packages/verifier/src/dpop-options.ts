import type { Store } from '@bailiwick/protocol'
import type { SigningAlgorithm } from './algorithms.js'

/** Which DPoP proofs are accepted (RFC 9449 §4.3). */
export interface DpopOptions {
  /**
   * The public URL of this API, which proofs must name in `htu`: the origin, plus the path prefix that a proxy strips, if any.
   * `https`, or `http` on loopback; without query and fragment. A list if the API has several. The `Host` header and forwarded
   * headers are ignored.
   *
   * `htu` is normalized (RFC 3986 §6.2.2). The path of the request must be in normal form already, with hexadecimal digits of
   * either case: one with a dot segment (`/a/../b`, `/a/%2e%2e/b`), or with a percent-encoded letter, digit or `-._~`, is
   * refused, because routers disagree about it.
   */
  publicUrl: string | readonly string[]
  /** The signature algorithms of proofs. Default: every supported one. All are asymmetric. */
  algorithms?: readonly SigningAlgorithm[] | undefined
  /** The maximum age of a proof by its `iat`, in seconds, from 1 to 600. Default: 60. */
  maxProofAgeSeconds?: number | undefined
  /**
   * How far a client's clock may be ahead, in seconds, from 0 to 300. With nonces it also applies to the clocks of other
   * instances of this API. It is separate from the `clockToleranceSeconds` of tokens, which defaults to 0. Default: 10, the
   * minimum of the FAPI 2.0 security profile.
   */
  clockToleranceSeconds?: number | undefined
  /**
   * Remembers used proofs, each by a hash, for `maxProofAgeSeconds` + `clockToleranceSeconds` + 10 seconds. Only a proof that
   * passed every other check is added. Instances that serve the same clients must share a store; otherwise each accepts the
   * same proof once.
   *
   * Default: the memory of this process, for 1,000,000 proofs (about 100 MB when full).
   *
   * - It never evicts an unexpired proof: when full, it refuses new ones (`replay_unavailable`). `createMemoryStore` evicts the
   *   oldest, so do not use it here: a client with many valid proofs of its own could make it forget those of others.
   * - A proof expires only when its time has passed both by `now` and by the monotonic clock of the platform
   *   (`performance.now`), so a clock that jumps does not make the store forget.
   * - It does not know the proofs used before the process started, nor those it forgot before the clock was set back by more
   *   than ten seconds.
   */
  replayStore?: Pick<Store, 'add'> | undefined
  /**
   * How long to wait for the store, in milliseconds, from 1 to 60,000; after that the outcome is `replay_unavailable`. Default:
   * 1,000.
   */
  replayTimeoutMs?: number | undefined
  /** Requires a server-provided nonce in each proof (RFC 9449 §9). Default: none is required. */
  nonce?: DpopNonceOptions | undefined
}

/**
 * Stateless nonces: each is a timestamp, authenticated with a secret. They prevent proofs from being made in advance (RFC 9449
 * §11.2).
 *
 * The `iat` of a proof is checked with a nonce as without one: a client whose clock is off by more than `maxProofAgeSeconds` or
 * `clockToleranceSeconds` is refused.
 */
export interface DpopNonceOptions {
  /**
   * At least 32 random bytes, the same in all instances. It is copied.
   *
   * Of a list of up to four, the first makes nonces and all are accepted. To rotate without sending clients from one instance
   * to the next for a nonce, deploy `[old, new]` to all instances, then `[new, old]`, then `[new]`.
   */
  secret: Uint8Array | readonly Uint8Array[]
  /** How long a nonce is accepted, in seconds, from 10 to 3,600. Default: 300. */
  lifetimeSeconds?: number | undefined
}
