import type { Fetch } from '@bailiwick/protocol'
import type { SigningAlgorithm } from './algorithms.js'
import type { KeysOption } from './key-source.js'
import type { RevocationOptions } from './revocation-options.js'
import type { SenderConstraintOptions } from './sender-constraint-options.js'
import type { TokenProfile } from './token-profile.js'
import type { VerdictCacheOptions } from './verdict-cache-options.js'

/** What a JWT verifier accepts, and where the keys come from. */
export interface JwtVerifierOptions {
  /** The issuer, exactly as it stands in its tokens: `iss` is compared character by character. */
  issuer: string
  /** What the tokens for this API have in `aud`; one of several suffices. `null` says, in so many words, that it is not checked. */
  audience: string | readonly string[] | null
  /** Default: every asymmetric algorithm that is supported. A key is used only with those that fit its type, curve and `alg`. */
  algorithms?: readonly SigningAlgorithm[] | undefined
  /**
   * Default: discovered from the metadata of the issuer, which must then be an `https` URL, when the first token comes, and
   * kept. Give what `createRemoteJwks` made to share a cache, to warm it up, to change its times, or to observe it.
   */
  keys?: KeysOption | undefined
  /** `rfc9068` demands `typ: at+jwt` and every claim of RFC 9068 §2.2. Default: `jwt`. */
  profile?: TokenProfile | undefined
  /** How far the clocks of issuer and API may differ, in seconds, from 0 to 300. Default: 0. */
  clockToleranceSeconds?: number | undefined
  /** The largest age of a token by `iat`, in seconds, at least 1, whatever its `exp`. Default: none. */
  maxTokenAgeSeconds?: number | undefined
  /** Claims that must be there, whatever their value. Default: none but those of the profile. */
  requiredClaims?: readonly string[] | undefined
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
  /** For discovery and keys; not for a `KeySource`, which has its own. Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: (() => number) | undefined
}
