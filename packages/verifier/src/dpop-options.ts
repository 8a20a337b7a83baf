import type { Store } from '@bailiwick/protocol'
import type { SigningAlgorithm } from './algorithms.js'

/** What a DPoP proof must be like. */
export interface DpopOptions {
  /**
   * The URL at which clients see this API, for `htu`: its origin, and the path in front of the one that a request has here if a
   * proxy takes one away. Several if it is reached by several. The `Host` header and what proxies forward are not looked at.
   */
  publicUrl: string | readonly string[]
  /** Default: ES256, ES384, ES512, EdDSA, Ed25519, PS256, PS384, PS512, RS256, RS384, RS512. */
  algorithms?: readonly SigningAlgorithm[] | undefined
  /** How old a proof may be by its `iat`, in seconds, from 1 to 600. Default: 60. */
  maxProofAgeSeconds?: number | undefined
  /** How far the clock of a client may be ahead, in seconds, from 0 to 300. Default: 5. */
  clockToleranceSeconds?: number | undefined
  /**
   * Remembers the proofs that were used. Default: a store in the memory of this process. Instances that serve the same clients must
   * share one.
   */
  replayStore?: Store | undefined
  /** Demands a nonce of ours in each proof (RFC 9449 §9). Default: none is. */
  nonce?: DpopNonceOptions | undefined
}

/** Nonces that are checked without being stored: they are a time, authenticated with a secret. */
export interface DpopNonceOptions {
  /** At least 32 random bytes; the same in all instances. */
  secret: Uint8Array
  /** How long a nonce is accepted, in seconds, from 10 to 3,600. Default: 300. */
  lifetimeSeconds?: number | undefined
}
