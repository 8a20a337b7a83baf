import type { JwtVerdict } from '../jwt-examiner.js'

/** An issuer whose tokens are accepted, with its keys and everything else that has been found out about it. */
export interface KnownIssuer {
  readonly issuer: string
  /** The complete examination of a token by the rules of this issuer, its `iss` included. */
  examine(token: string): JwtVerdict | Promise<JwtVerdict>
}

/** Who is trusted, and by what rules. What is `known` to it is what it has found. */
export interface IssuerDirectory<Known extends KnownIssuer = KnownIssuer> {
  /**
   * The issuer of this name, which is compared character by character. It is the same object for as long as its rules are the same
   * and there is room for it.
   *
   * Answers without a promise when it can, and then throws instead of rejecting.
   *
   * @throws {AccessTokenError} `issuer_unknown`, `issuer_unavailable`
   */
  find(issuer: string): Known | Promise<Known>
  /** Says that a token of this issuer has been verified: it is in use, and not merely named. */
  prove(known: Known): void
  /**
   * Whether what was examined by it still counts, a token of it that was verified: its name is trusted now, by the same rules. That it
   * had to make room for others says nothing against it; it is then held again, with the keys that it has.
   *
   * Answers without a promise when it can, and then throws instead of rejecting.
   *
   * @throws {AccessTokenError} `issuer_unknown`, `issuer_unavailable`
   */
  stillCounts(known: Known): boolean | Promise<boolean>
  /** Has one that was found just now be found, though others need its place, until an examination ends that waits for its keys. */
  holdDuring<T>(known: Known, examination: Promise<T>): Promise<T>
}
