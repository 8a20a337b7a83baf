import type { Store } from '@bailiwick/protocol'
import type { SigningAlgorithm } from './algorithms.js'

/** What a DPoP proof must be like. */
export interface DpopOptions {
  /**
   * The URL at which clients see this API, for `htu`: its origin, and the path in front of the one that a request has here if a
   * proxy takes one away. `https`, or `http` on loopback; no query or fragment. Several if it is reached by several. The `Host`
   * header and what proxies forward are not looked at.
   *
   * The path of the request must be in the normal form of RFC 3986 §6.2.2, with hexadecimal digits of either case: with a dot segment
   * (`/a/../b`, `/a/%2e%2e/b`), or a letter, a digit or one of `-._~` encoded, it is refused, since routers differ in what they make
   * of it. `htu` is brought into that form.
   */
  publicUrl: string | readonly string[]
  /** The signature algorithms of proofs. Default: every one that is supported, all of them asymmetric. */
  algorithms?: readonly SigningAlgorithm[] | undefined
  /** How old a proof may be by its `iat`, in seconds, from 1 to 600. Default: 60. */
  maxProofAgeSeconds?: number | undefined
  /**
   * How far the clock of a client may be ahead, in seconds, from 0 to 300; with nonces, that of another instance of this API too.
   * Default: 10, which the FAPI 2.0 security profile demands at least.
   */
  clockToleranceSeconds?: number | undefined
  /**
   * Remembers the proofs that were used, each under a hash, for `maxProofAgeSeconds` and `clockToleranceSeconds` and ten seconds
   * more. Instances that serve the same clients must share one, or each of them takes the same proof once.
   *
   * Default: the memory of this process, for 1,000,000 proofs (about 100 MB when it is full). It forgets none before its time: a
   * proof that it has no room for is not accepted (`replay_unavailable`). A clock that jumps does not make it forget: the time must
   * have passed by `now` and by the clock of the platform that nobody sets (`performance.now`). It does not know what it forgot
   * before the clock was set back by more than ten seconds, and what was used before the process started. What `createMemoryStore` makes is *not* like that: when it
   * is full it forgets the oldest proof, which then is accepted again, and so whoever can send many valid proofs of their own can
   * make it forget those of others. Nothing but a proof that is valid in every other respect gets here.
   */
  replayStore?: Pick<Store, 'add'> | undefined
  /** How long to wait for the store, in milliseconds, from 1 to 60,000; then the outcome is `replay_unavailable`. Default: 1,000. */
  replayTimeoutMs?: number | undefined
  /** Demands a nonce of ours in each proof (RFC 9449 §9). Default: none is. */
  nonce?: DpopNonceOptions | undefined
}

/**
 * Nonces that are checked without being stored: they are a time, authenticated with a secret. They keep proofs from being made in
 * advance, for a time that is yet to come (RFC 9449 §11.2).
 *
 * The `iat` of a proof is checked with a nonce as without one: a client whose clock is off by more than `maxProofAgeSeconds` or
 * `clockToleranceSeconds` is refused.
 */
export interface DpopNonceOptions {
  /**
   * At least 32 random bytes; the same in all instances. It is copied.
   *
   * Of several, up to four, the first makes nonces, and those of each are accepted. To have another secret without a client being sent
   * from one instance to the next for a nonce: give all instances the old and the new one, then the new and the old one, then the new one.
   */
  secret: Uint8Array | readonly Uint8Array[]
  /** How long a nonce is accepted, in seconds, from 10 to 3,600. Default: 300. */
  lifetimeSeconds?: number | undefined
}
