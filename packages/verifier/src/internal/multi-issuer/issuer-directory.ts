import type { JwtVerdict } from '../jwt-examiner.js'

/** An issuer whose tokens are accepted, with its keys and everything else that has been found out about it. */
export interface KnownIssuer {
  readonly issuer: string
  /** The complete examination of a token by the rules of this issuer, its `iss` included. */
  examine(token: string): JwtVerdict | Promise<JwtVerdict>
}

/** Who is trusted, and by what rules. */
export interface IssuerDirectory {
  /**
   * The issuer of this name, which is compared character by character. It is the same object for as long as its rules are the same
   * and there is room for it, so that whoever has it can tell whether what was examined by it still counts.
   *
   * Answers without a promise when it can, and then throws instead of rejecting.
   *
   * @throws {AccessTokenError} `issuer_unknown`, `issuer_unavailable`
   */
  find(issuer: string): KnownIssuer | Promise<KnownIssuer>
  /** Says that a token of this issuer has been verified: it is in use, and not merely named. */
  prove(known: KnownIssuer): void
}
