import type { Fetch } from '@bailiwick/protocol'
import type { JwtRulesOptions } from './jwt-rules-options.js'
import type { RevocationOptions } from './revocation-options.js'
import type { SenderConstraintOptions } from './sender-constraint-options.js'
import type { VerdictCacheOptions } from './verdict-cache-options.js'

/** How JWTs are verified, apart from the rules of their issuer. */
export interface JwtVerificationOptions {
  /** The largest token, in characters of a byte each. Default: 16,384. */
  maxTokenBytes?: number | undefined
  /** Which sender-constrained tokens are accepted, and how the sender is checked. Default: plain bearer tokens only. */
  senderConstraint?: SenderConstraintOptions | undefined
  /** The check for revoked tokens. Default: none. */
  revocation?: RevocationOptions | undefined
  /**
   * The cache of verdicts. A cached verdict is used only until the token expires, and only while the issuer publishes the key
   * that signed it. Sender and revocation are checked each time. `false`: nothing is cached. Default: 10,000 tokens, 64 MiB.
   */
  cache?: VerdictCacheOptions | false | undefined
  /**
   * The time limit of discovery, and of fetching the keys, each in milliseconds, from 1 to 60,000; beyond it the outcome is
   * `keys_unavailable`. A `KeySource` has its own. Default: 5,000.
   */
  timeoutMs?: number | undefined
  /** Used for discovery and keys; a `KeySource` has its own. Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: (() => number) | undefined
}

/** Which tokens a JWT verifier accepts, and where the issuer's keys come from. */
export interface JwtVerifierOptions extends JwtRulesOptions, JwtVerificationOptions {}
