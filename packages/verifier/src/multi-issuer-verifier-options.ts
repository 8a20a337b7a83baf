import type { JwtRulesOptions } from './jwt-rules-options.js'
import type { JwtVerificationOptions } from './jwt-verifier-options.js'

/** Which issuers' tokens are accepted, by which rules, and how they are verified. */
export interface MultiIssuerVerifierOptions extends JwtVerificationOptions {
  /**
   * The rules of each issuer, as a list or a resolver. A list must not name an issuer twice. It is copied; `jwks` in it are
   * read at once, and remote key sets are fetched with the first token of their issuer.
   */
  issuers: readonly JwtRulesOptions[] | IssuerResolver
  /**
   * How many issuers keep their keys in memory, once one of their tokens was verified; the least recently used is evicted. An
   * evicted issuer starts anew with its next token, unless a cached verdict on one of its tokens was used since the eviction:
   * that restores what was held. At least 1. Default: 10,000.
   *
   * Issuers that have only been named have a separate space of min(1,000, `maxIssuers`), so invented tokens cannot evict
   * issuers in use. An issuer whose keys are being fetched is shared by all of its tokens until then, even if it was evicted
   * meanwhile: each issuer's keys are fetched once, however many arrive at a time. With a list no longer than `maxIssuers`,
   * nothing is evicted.
   */
  maxIssuers?: number | undefined
}

/**
 * Resolves issuers that are too many, or change too often, for a list. Both functions are called with the `iss` of *unverified*
 * tokens: anybody can have them called with any name of at most 2,048 characters.
 */
export interface IssuerResolver {
  /**
   * Whether tokens of the issuer may be accepted at all. It is called first, and again on every use of a cached verdict; its
   * answer takes effect immediately. So it must be fast, and it cannot return a promise.
   *
   * Make it as narrow as possible: each name that it accepts can cost a call of `resolve`, and each issuer that `resolve` has
   * rules for can cost a fetch of its keys. Compare whole names, or parse them: `startsWith('https://login.example.com')`
   * accepts `https://login.example.com.evil.example` too.
   *
   * If it throws, or returns anything but `true` or `false`, the outcome is `issuer_unavailable`.
   */
  isTrusted: (issuer: string) => boolean
  /**
   * The rules of a trusted issuer, with exactly that name; `undefined` if there are none, which is `issuer_unknown`. The
   * outcome is `issuer_unavailable` if:
   *
   * - it throws or rejects, or does not answer in time
   * - the rules are invalid, or those of another issuer; they are never cached
   * - 10,000 tokens are waiting for answers already
   * - the rules changed twice while one token was verified
   *
   * At most one call for an issuer is in flight. An issuer that was evicted is resolved again before `resolveTtlMs` has passed.
   *
   * Rules equal to the previous ones leave keys and verdicts cached. A key source is equal only if it is the same object: keep
   * the result of `createRemoteJwks` instead of making one in each call.
   */
  resolve: (issuer: string) => JwtRulesOptions | undefined | Promise<JwtRulesOptions | undefined>
  /**
   * How long rules are cached, in milliseconds, from 1 to 86,400,000. An issuer that `resolve` no longer knows is accepted for
   * at most that long. Default: 300,000 (5 minutes).
   */
  resolveTtlMs?: number | undefined
  /** How long the absence of rules is cached, in milliseconds, from 1 to 86,400,000; `maxIssuers` bounds the entries. Default: 10,000. */
  unknownTtlMs?: number | undefined
  /** The time limit of `resolve`, in milliseconds, from 1 to 60,000. Default: 5,000. */
  timeoutMs?: number | undefined
}
