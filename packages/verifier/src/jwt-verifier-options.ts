import type { Fetch } from '@bailiwick/protocol'
import type { JwtRulesOptions } from './jwt-rules-options.js'
import type { RevocationOptions } from './revocation-options.js'
import type { SenderConstraintOptions } from './sender-constraint-options.js'
import type { VerdictCacheOptions } from './verdict-cache-options.js'

/** What a verifier of JWTs accepts besides the rules of an issuer, and how it works. */
export interface JwtVerificationOptions {
  /** The largest token, in characters, which are a byte each. Default: 16,384. */
  maxTokenBytes?: number | undefined
  /** Which tokens that are bound to their senders are accepted, and how the sender is checked. Default: plain bearer tokens alone. */
  senderConstraint?: SenderConstraintOptions | undefined
  /** How it is found out that a token was revoked. Default: it is not. */
  revocation?: RevocationOptions | undefined
  /**
   * What is kept of verified tokens. A kept verdict is used only while the token lasts and the issuer publishes the key that signed
   * it; the sender is checked anew each time, and so is revocation. `false`: nothing is kept. Default: 10,000 tokens, 64 MiB.
   */
  cache?: VerdictCacheOptions | false | undefined
  /**
   * How long discovery may take, and the fetch of the keys, each, in milliseconds, from 1 to 60,000; not for a `KeySource`, which has
   * its own limit. What takes longer is `keys_unavailable`. Default: 5,000.
   */
  timeoutMs?: number | undefined
  /** For discovery and keys; not for a `KeySource`, which has its own. Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: (() => number) | undefined
}

/** What a JWT verifier accepts, and where the keys come from. */
export interface JwtVerifierOptions extends JwtRulesOptions, JwtVerificationOptions {}
