import type { JwtVerdict } from '../jwt-examiner.js'

/** A trusted issuer, with its rules, its keys and its caches. */
export interface KnownIssuer {
  readonly issuer: string
  /** Verifies a token completely by the rules of this issuer, including its `iss`. */
  examine(token: string): JwtVerdict | Promise<JwtVerdict>
}

/** Which issuers are trusted, and their rules. */
export interface IssuerDirectory<Known extends KnownIssuer = KnownIssuer> {
  /**
   * The issuer with exactly this name: the same object as long as its rules are unchanged and it is not evicted.
   *
   * Synchronous when possible; it then throws instead of rejecting.
   *
   * @throws {AccessTokenError} `issuer_unknown`, `issuer_unavailable`
   */
  find(issuer: string): Known | Promise<Known>
  /** Records that a token of this issuer was verified: it is in use, and not only named. */
  prove(known: Known): void
  /**
   * Whether a verdict made by `known` is still valid: the issuer is trusted and its rules are unchanged. An issuer evicted for
   * space is put back, with its keys.
   *
   * Synchronous when possible; it then throws instead of rejecting.
   *
   * @throws {AccessTokenError} `issuer_unknown`, `issuer_unavailable`
   */
  stillCounts(known: Known): boolean | Promise<boolean>
  /** Keeps an issuer available, even if it is evicted, until a verification that waits for its keys ends. */
  holdDuring<T>(known: Known, examination: Promise<T>): Promise<T>
}
