import { ConfigurationError } from '@bailiwick/protocol'
import type { Guard } from '../guard.js'
import type { GuardDescription } from '../guard-description.js'
import { deepFreeze } from './deep-freeze.js'

/**
 * A guard whose proof is left to whoever hands it out: with `never` it fits any. What a guard proves is a promise of the public
 * signature that returns it, kept by its evaluation and its tests; the compiler cannot derive it.
 */
export type AnyProof<Needs = unknown> = Guard<Needs, never>

/** Makes the frozen value that a guard is. */
export function defineGuard<Needs>(description: GuardDescription, evaluate: AnyProof<Needs>['evaluate']): AnyProof<Needs> {
  return Object.freeze({ description: deepFreeze(description), evaluate })
}

/** @throws {ConfigurationError} something that is no guard where one is needed, for instance a function */
export function requireGuard(where: string, guard: Guard<never>): void {
  const isGuard =
    typeof guard === 'object' && guard !== null && typeof guard.evaluate === 'function' && typeof guard.description === 'object'
  if (!isGuard)
    throw new ConfigurationError(`${where}() takes guards, such as scope("orders_read"); wrap a function in check("its name", …).`)
}
