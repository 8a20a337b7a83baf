import { ConfigurationError } from '@bailiwick/protocol'
import { allOf } from '../combinators.js'
import type { TokenContract } from '../contract.js'
import { allowed } from '../decision.js'
import type { Guard } from '../guard.js'
import type { GuardDescription } from '../guard-description.js'
import { boundContracts } from './bound-contracts.js'
import { defineGuard, requireGuard } from './define-guard.js'
import type { AnyProof } from './define-guard.js'
import { createScopeCatalog } from './scope-catalog.js'

export interface GuardPreparer<Claims> {
  /** Joins guards to one that fits. */
  readonly join: (...guards: readonly Guard<Claims>[]) => AnyProof<Claims>
  /** Makes sure that a guard fits; free for one that was looked at before. */
  readonly require: (guard: Guard<Claims>) => void
}

/** Checks guards against the contract of the server that is to use them. */
export function createGuardPreparer<Claims>(contract: TokenContract<Claims>): GuardPreparer<Claims> {
  const catalog = createScopeCatalog(Object.keys(contract.scopes))
  const permissions = new Set(Object.values(contract.permissions).flat())
  const fitting = new WeakSet<object>()

  const requireFitting = (guard: Guard<Claims>): void => {
    if (fitting.has(guard)) return
    requireGuard('guard', guard)
    if (boundContracts(guard).some((bound) => bound !== contract)) {
      throw new ConfigurationError(
        `a guard of another contract cannot be used with "${contract.audience}": what it proves holds there only.`,
      )
    }
    requireKnownNames(guard.description)
    fitting.add(guard)
  }

  /** A scope that is never granted would make a guard useless, and `not` of it an open door. */
  const requireKnownNames = (description: GuardDescription): void => {
    for (const name of scopeNames(description)) {
      if (!catalog.canRequire(name))
        throw new ConfigurationError(`a guard requires the scope "${name}", which the contract "${contract.audience}" does not define.`)
    }
    for (const name of permissionNames(description)) {
      if (permissions.has(name) || contract.hasPermissionClaim) continue
      throw new ConfigurationError(
        `a guard requires the permission "${name}", which no role of the contract "${contract.audience}" carries.`,
      )
    }
  }

  return {
    require: requireFitting,
    join: (...guards) => {
      for (const guard of guards) requireFitting(guard)
      const [first, ...rest] = guards
      const joined = first === undefined ? EVERYBODY : rest.length === 0 ? first : allOf(first, ...rest)
      fitting.add(joined)
      return joined as AnyProof<Claims>
    },
  }
}

/** The guard of a route that needs a principal and nothing else. */
const EVERYBODY: AnyProof = defineGuard({ guard: 'allOf', guards: [] }, () => allowed)

function scopeNames(description: GuardDescription): readonly string[] {
  return namesIn(description, (leaf) => {
    if (leaf.guard === 'scope' || leaf.guard === 'anyScope') return leaf.names
    return leaf.guard === 'scopeParam' ? [leaf.name] : []
  })
}

function permissionNames(description: GuardDescription): readonly string[] {
  return namesIn(description, (leaf) => (leaf.guard === 'permission' ? [leaf.name] : []))
}

function namesIn(description: GuardDescription, ofLeaf: (leaf: GuardDescription) => readonly string[]): readonly string[] {
  if (description.guard === 'allOf' || description.guard === 'anyOf') return description.guards.flatMap((part) => namesIn(part, ofLeaf))
  return description.guard === 'not' ? namesIn(description.negated, ofLeaf) : ofLeaf(description)
}
