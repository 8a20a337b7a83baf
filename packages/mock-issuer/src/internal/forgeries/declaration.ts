import type { ForgeryAnswer, ForgerySeverity, Presentation, RfcReference } from '../../forgery.js'
import type { SigningAlgorithm } from '../../signing-algorithm.js'
import type { GoodToken } from './good-token.js'

/** Makes the bad token from the good one. */
export type Forging = (good: GoodToken) => string | Promise<string>

/** A forgery as it is written down; a variant overrides what it says of itself. */
export interface ForgeryDeclaration<Variant extends string = string> {
  readonly title: string
  readonly description: string
  readonly rfc: RfcReference
  readonly expected: ForgeryAnswer
  readonly severity: ForgerySeverity
  /** What the good token has to be signed with. Default: any. */
  readonly algorithm?: SigningAlgorithm
  readonly variants: Readonly<Record<Variant, VariantDeclaration>>
}

/** One way to make it. */
export interface VariantDeclaration {
  readonly title: string
  readonly forge: Forging
  readonly description?: string
  readonly expected?: ForgeryAnswer
  readonly severity?: ForgerySeverity
  readonly profile?: 'rfc9068'
  readonly algorithm?: SigningAlgorithm
  /** Default: as `Authorization: Bearer …`. */
  readonly present?: (token: string) => Presentation
}

/** The declaration as it is, with the names of its variants, and nothing else of it, in its type. */
export function declareForgery<Variant extends string>(declaration: ForgeryDeclaration<Variant>): ForgeryDeclaration<Variant> {
  return declaration
}

/** A section of an RFC. */
export function rfc(number: number, section: string): RfcReference {
  return { number, section, url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}` }
}
