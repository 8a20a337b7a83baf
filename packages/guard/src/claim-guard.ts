import type { ClaimAt, ComparableWith, ElementOf, ProvenAt } from './claim-proof.js'
import type { Guard } from './guard.js'
import { createClaimGuards } from './internal/claim-comparisons.js'
import type { UncheckedClaims } from './principal.js'

/**
 * The comparisons that a claim can be put to. All are strict: no conversion between types, no regard to case or form. A claim
 * that is absent, `null` or of another type satisfies none of them. All deny with `forbidden`, and the response does not say which
 * claim it was.
 */
export interface ClaimGuards<Needs, Claims, Path extends string> {
  /** The claim is this value. */
  equals<const Value extends ComparableWith<ClaimAt<Claims, Path>>>(value: Value): Guard<Needs, ProvenAt<Claims, Path, Value>>
  /** The claim is one of these values. */
  oneOf<const Value extends ComparableWith<ClaimAt<Claims, Path>>>(
    ...values: readonly [Value, ...Value[]]
  ): Guard<Needs, ProvenAt<Claims, Path, Value>>
  /** The claim is an array, and this value is in it. A string that contains the value does not include it. */
  includes(value: ElementOf<ClaimAt<Claims, Path>>): Guard<Needs, ProvenAt<Claims, Path, PresentAt<Claims, Path>>>
  /**
   * The claim is the value of a path parameter: behind `claim('account_nr').equalsParam('nr')`, a caller reaches
   * `/accounts/:nr` for their own account alone. Strings are compared exactly, after the router's decoding; a claim that is a
   * number is compared as its decimal digits, if it is an integer that a number can hold exactly.
   */
  equalsParam(param: ParamFor<ComparableWith<ClaimAt<Claims, Path>>>): Guard<Needs, ProvenAt<Claims, Path, PresentAt<Claims, Path>>>
  /** The claim is an array, and the value of a path parameter is in it, compared as by `equalsParam`. */
  includesParam(param: ParamFor<ElementOf<ClaimAt<Claims, Path>>>): Guard<Needs, ProvenAt<Claims, Path, PresentAt<Claims, Path>>>
  /**
   * The claim is a string that the pattern matches *somewhere*: anchor it with `^` and `$` to match all of it. Only the flags
   * `i`, `m`, `s`, `u` and `v` are allowed. A claim of over 4,096 characters does not match; the time that a pattern takes is
   * otherwise yours to bound.
   */
  matches(pattern: RegExp): Guard<Needs, ProvenAt<Claims, Path, string>>
}

type PresentAt<Claims, Path extends string> = NonNullable<ClaimAt<Claims, Path>>
type ParamFor<Value> = [Extract<Value, string | number>] extends [never] ? never : string

/**
 * Compares a claim of the principal: `claim('level').oneOf('gold', 'silver')`.
 *
 * It reads the claims as the contract's schema gave them, so a claim that the schema leaves out is absent. A path is the name
 * of a claim, or names joined by dots that lead through nested objects (`address.country`); a claim whose whole name is the
 * path comes first, so that a name with dots in it needs no escaping. Only own members are read, and arrays are not descended
 * into.
 *
 * @throws {ConfigurationError} an empty path; in the comparisons, a value that cannot be compared
 */
export function claim<const Path extends string>(path: Path): ClaimGuards<unknown, UncheckedClaims, Path> {
  return createClaimGuards(path, (guard) => guard)
}
