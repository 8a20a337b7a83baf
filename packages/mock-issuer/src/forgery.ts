import type { AccessTokenClaims } from './access-token.js'
import type { Attacker } from './attacker.js'
import type { ForgeableIssuer } from './internal/forgeries/forgeable-issuer.js'
import type { SigningAlgorithm } from './signing-algorithm.js'

/**
 * What an API should answer to a forgery:
 * - `invalid_token`: 401 with that error in the challenge
 * - `invalid_request`: 400 with that error
 * - `insufficient_scope`: 403 with that error
 * - `no_credentials`: 401 and a challenge without an error, since nothing was presented where an API looks for a token
 * - `refusal`: any status from 400 to 499; the RFCs leave open which
 * - `accepted`: what an API with a narrow reading of the RFCs may refuse, and should not
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1}
 */
export type ForgeryAnswer = 'invalid_token' | 'invalid_request' | 'insufficient_scope' | 'no_credentials' | 'refusal' | 'accepted'

/**
 * What it means when a forgery is let in:
 * - `critical`: anybody can make such a token, or change a genuine one
 * - `serious`: a token that is genuine is taken for what it is not meant for, or by whom it is not meant for
 * - `lenient`: the token is genuine and says what it should; the API is only less exact than the RFC
 */
export type ForgerySeverity = 'critical' | 'serious' | 'lenient'

/** Where it is said that a forgery must be refused. */
export interface RfcReference {
  readonly number: number
  /** Such as `3.1`, without the sign. */
  readonly section: string
  readonly url: string
}

/** One way to make a forgery. */
export interface ForgeryVariant<Name extends string = string> {
  readonly name: Name
  readonly title: string
  /** What is wrong with it, and what an API gives away that takes it: often the same for all variants. */
  readonly description: string
  readonly expected: ForgeryAnswer
  readonly severity: ForgerySeverity
  /** Wrong for APIs that hold tokens to RFC 9068 alone; others may accept it. Absent: wrong for everybody. */
  readonly profile?: 'rfc9068'
}

/** How a token is put into a request. */
export interface Presentation {
  /** Header fields as they go over the wire; a name may be there twice. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Parameters to add to the query. Default: none. */
  readonly query?: Readonly<Record<string, string>>
}

/** How one token is forged. */
export interface ForgeOptions<Variant extends string = string> {
  /** Which way of several. Default: the first one. */
  variant?: Variant
  /** What the token that it is made from is signed with. Default: what the forgery needs, or else the issuer's current algorithm. */
  algorithm?: SigningAlgorithm
  /** Header parameters of the token that it is made from, as for `accessToken`. Default: none but its own. */
  header?: Readonly<Record<string, unknown>>
  /** Whose keys and addresses a forgery has that brings its own. Default: a new one, whose addresses nobody serves. */
  attacker?: Attacker
  /** Forges the token even if the contract does not allow the one that it is made from. */
  breakContract?: true
}

/**
 * One kind of bad token: good but for the one fault. What is said here of the whole kind holds for every variant that does not say
 * otherwise.
 */
export interface Forgery<Name extends string = string, Variant extends string = string> {
  readonly name: Name
  /** A few words, to head a row with. */
  readonly title: string
  /** What is wrong with it, and what an API gives away that takes it. */
  readonly description: string
  readonly rfc: RfcReference
  readonly expected: ForgeryAnswer
  readonly severity: ForgerySeverity
  /** At least one; the first is the default. */
  readonly variants: readonly ForgeryVariant<Variant>[]
  /**
   * Makes the token. The claims are those of `accessToken`, of the good token that it is made from.
   * @throws {MockIssuerError} `contract_broken`, as `accessToken` does; `invalid_option` for a variant that there is not
   */
  make(issuer: ForgeableIssuer, claims?: AccessTokenClaims, options?: ForgeOptions<Variant>): Promise<string>
  /** How such a token is sent: as `Authorization: Bearer …`, unless the request is what is wrong. */
  present(token: string, variant?: Variant): Presentation
}
