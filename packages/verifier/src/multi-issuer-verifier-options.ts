import type { JwtRulesOptions } from './jwt-rules-options.js'
import type { JwtVerificationOptions } from './jwt-verifier-options.js'

/** Whose tokens are accepted, by what rules, and how it all works. */
export interface MultiIssuerVerifierOptions extends JwtVerificationOptions {
  /**
   * The rules of each issuer, or somebody to ask for them. In a list no issuer may come twice; it is copied, and key sets that are
   * given in it are read at once, while those that are fetched wait for the first token of their issuer.
   */
  issuers: readonly JwtRulesOptions[] | IssuerResolver
  /**
   * The issuers at most for which keys and other findings are held, as long as a token of theirs has been verified; the one that
   * was needed least recently makes room. With its next token it starts anew, unless a verdict on one of its tokens is still kept and
   * was used since: that brings back what was held. At least 1. Default: 10,000.
   *
   * Issuers of which no token has been verified yet have a place of their own, for 1,000 or `maxIssuers` of them, whichever is
   * less. So tokens that are made up, which can name any trusted issuer, never displace an issuer that is in use. One whose keys are
   * waited for is found by all of its tokens meanwhile, though others have taken its place: when very many come at once, the keys of each
   * are fetched once. In a list that is no longer than `maxIssuers` nobody makes room for anybody.
   */
  maxIssuers?: number | undefined
}

/**
 * Knows issuers that are too many or change too often for a list. Both functions are given the `iss` of tokens that *nobody has
 * verified*: anybody can have them asked about any name of at most 2,048 characters.
 */
export interface IssuerResolver {
  /**
   * Whether the issuer may be asked about, and its tokens accepted at all. It is asked first, and again on every use of a kept
   * verdict: so it is not a promise, it must be fast, and what it says counts at once. Make it as narrow as can be: each name that
   * it takes can cost a call of `resolve`, and each issuer that `resolve` has rules for can cost a fetch of its keys. Compare whole
   * names, or parse them; a `startsWith('https://login.example.com')` takes `https://login.example.com.evil.example` too.
   *
   * What it throws, and anything but `true` or `false`, counts as `issuer_unavailable`.
   */
  isTrusted: (issuer: string) => boolean
  /**
   * The rules of a trusted issuer, of exactly that name; `undefined` when there are none, which is `issuer_unknown`. What it throws
   * or rejects with, no answer in time, and rules that cannot work or are another issuer's count as `issuer_unavailable`, and are
   * never kept. At most one question about an issuer is open at a time; it is asked again, before its time, about one that had to make
   * room for others. 10,000 tokens at most wait for an answer, and more are `issuer_unavailable`. If the rules are others each time that a token is examined, twice, that is `issuer_unavailable`.
   *
   * Rules that are the same as before leave keys and verdicts in place. A key source among them is the same only if it is the same
   * object: keep what `createRemoteJwks` made, instead of making one for each answer.
   */
  resolve: (issuer: string) => JwtRulesOptions | undefined | Promise<JwtRulesOptions | undefined>
  /**
   * How long rules are used before `resolve` is asked again, in milliseconds, from 1 to 86,400,000, and so the longest that an issuer
   * is accepted which `resolve` no longer has. Default: 300,000 (5 minutes).
   */
  resolveTtlMs?: number | undefined
  /** How long it is kept that there are no rules, in milliseconds, from 1 to 86,400,000; bounded by `maxIssuers`. Default: 10,000. */
  unknownTtlMs?: number | undefined
  /** How long `resolve` may take, in milliseconds, from 1 to 60,000. Default: 5,000. */
  timeoutMs?: number | undefined
}
