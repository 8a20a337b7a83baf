import { ConfigurationError, isScope } from '@bailiwick/protocol'
import { allowed, denied } from '../decision.js'
import { hasPrefixValue, parsePrefixScope } from './prefix-scope.js'
import { defineGuard } from './define-guard.js'
import type { AnyProof } from './define-guard.js'
import { parseParamName, readParam } from './path-param.js'

interface ScopeRequirement {
  readonly name: string
  /** `undefined` for a scope without a star. */
  readonly prefix: string | undefined
}

/**
 * Requires every scope. For a single prefix scope the guard also has `equalsParam`.
 *
 * @param bind what to do with each guard that is made, before it is handed out
 */
export function createScopeGuard(names: readonly string[], bind: (guard: AnyProof) => AnyProof): AnyProof {
  const requirements = parseRequirements('scope', names)
  const listed = challengeScopes(requirements)
  const steps = requirements.map((requirement) => {
    return { requirement, denial: denied('insufficient_scope', `the token lacks the scope ${requirement.name}`, listed) }
  })

  const guard = defineGuard({ guard: 'scope', names: [...names] }, ({ scopes }) => {
    for (const { requirement, denial } of steps) if (!isGranted(requirement, scopes)) return denial
    return allowed
  })
  const [first, second] = requirements
  if (first?.prefix === undefined || second !== undefined) return bind(guard)
  const { name, prefix } = first
  return bind(Object.freeze({ ...guard, equalsParam: (param: string) => bind(createScopeParamGuard(name, prefix, param)) }))
}

/** Requires one of the scopes. */
export function createAnyScopeGuard(names: readonly string[]): AnyProof {
  const requirements = parseRequirements('anyScope', names)
  const listed = Object.freeze(challengeScopes(requirements).slice(0, 1))
  const denial = denied('insufficient_scope', `the token has none of the scopes ${names.join(', ')}`, listed)
  return defineGuard({ guard: 'anyScope', names: [...names] }, ({ scopes }) => {
    for (const requirement of requirements) if (isGranted(requirement, scopes)) return allowed
    return denial
  })
}

function createScopeParamGuard(name: string, prefix: string, param: string): AnyProof {
  parseParamName(param)
  const reason = `the token lacks the scope ${name} for the value of the path parameter "${param}"`
  return defineGuard({ guard: 'scopeParam', name, param }, ({ scopes }, { params }) => {
    const value = readParam(params, param)
    if (typeof value !== 'string') return value
    const needed = prefix + value
    const isGrantable = hasPrefixValue(needed, prefix)
    return isGrantable && scopes.includes(needed) ? allowed : denied('insufficient_scope', reason, isGrantable ? listable(needed) : [])
  })
}

function parseRequirements(guard: string, names: readonly string[]): readonly ScopeRequirement[] {
  if (names.length === 0) throw new ConfigurationError(`${guard}() needs at least one scope name.`)
  return names.map((name) => ({ name, prefix: parsePrefixScope(name) }))
}

function isGranted({ name, prefix }: ScopeRequirement, scopes: readonly string[]): boolean {
  if (prefix === undefined) return scopes.includes(name)
  return scopes.some((granted) => hasPrefixValue(granted, prefix))
}

function challengeScopes(requirements: readonly ScopeRequirement[]): readonly string[] {
  const names = requirements.filter(({ prefix }) => prefix === undefined).map(({ name }) => name)
  return Object.freeze([...new Set(names)])
}

const MAX_LISTED_CHARACTERS = 256

/** The value came from the URL: it is listed only if it makes a scope, and one of a sensible size. */
function listable(scopeName: string): readonly string[] {
  return scopeName.length <= MAX_LISTED_CHARACTERS && isScope(scopeName) ? [scopeName] : []
}
