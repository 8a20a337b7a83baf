/**
 * What a verifier needs to know of this issuer, under the names that `createJwtVerifier` has for it: see
 * `MockIssuer.verifierOptions`. Any other verifier can be put together from the same five.
 */
export interface VerifierOptions {
  /** The issuer's name, exactly as in its tokens. */
  readonly issuer: string
  /** The `aud` of the issuer's tokens, as it was configured: of a list, one suffices to a verifier. */
  readonly audience: string | readonly string[]
  /** The issuer's own `fetch`: it needs no socket, reaches the issuer alone, and is down only by its faults. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** The issuer's clock, in milliseconds since the epoch: what the clock lets expire has expired for the verifier too. */
  readonly now: () => number
  /**
   * How long a verifier waits for the issuer, in milliseconds: 1,000. In process that is ample, and an issuer that hangs is found out
   * well within the 5 seconds that a test has in most runners, which is what verifiers wait by themselves.
   */
  readonly timeoutMs: number
}
