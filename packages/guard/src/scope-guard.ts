import type { Guard } from './guard.js'
import type { AnyProof } from './internal/define-guard.js'
import { createAnyScopeGuard, createScopeGuard } from './internal/scope-requirements.js'

/** What {@link scope} gives for a prefix scope such as `payment:*`. */
export interface PrefixScopeGuard<in Needs = unknown, out Proves = unknown> extends Guard<Needs, Proves> {
  /**
   * Requires the scope whose value is a path parameter: behind `scope('payment:*').equalsParam('id')`, a request for
   * `/payments/123` needs `payment:123`. The comparison is exact, character by character, after the router's decoding. The
   * challenge lists the scope with the value that was asked for, and none if that value cannot be part of a scope.
   *
   * @throws {ConfigurationError} a name that is no path parameter's
   */
  readonly equalsParam: (param: string) => Guard<Needs, Proves>
}

/** What the `scope` of a contract gives for a list of names: a single prefix scope can be put to a path parameter. */
export type ScopeGuardFor<Names extends readonly unknown[], Needs, Proves> = Names extends readonly [`${string}*`]
  ? PrefixScopeGuard<Needs, Proves>
  : Guard<Needs, Proves>

/**
 * Requires every listed scope. A prefix scope (`payment:*`) requires at least one value, and any will do.
 *
 * Does not check the audience: the verifier has. Scopes that the contract does not define are never granted.
 *
 * @returns a guard that denies with `insufficient_scope`; the challenge lists all the scopes that the operation needs, those
 *   that the token has included, because a client asks for a new token with all of them. Prefix scopes without a value are not
 *   listed.
 * @throws {ConfigurationError} no name, or a name that cannot be a scope
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1}
 */
export function scope(name: `${string}*`): PrefixScopeGuard
export function scope(...names: readonly [string, ...string[]]): Guard
export function scope(...names: readonly string[]): Guard {
  return createScopeGuard(names, unbound)
}

/**
 * Requires at least one of the listed scopes.
 *
 * @returns a guard that denies with `insufficient_scope`; the challenge lists the *first* scope alone, because that is enough: put
 *   the one with the least power first
 * @throws {ConfigurationError} no name, or a name that cannot be a scope
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1}
 */
export function anyScope(...names: readonly [string, ...string[]]): Guard {
  return createAnyScopeGuard(names)
}

function unbound(guard: AnyProof): AnyProof {
  return guard
}
