import { denied } from '../decision.js'
import type { Denied } from '../decision.js'
import type { GuardDescription } from '../guard-description.js'

/**
 * Completes a denial for want of scope by the scopes that the other guards of a list need, in the order of the list. The result
 * is kept for each list of scopes, so that the same denial is made once.
 */
export function listNeededScopes(descriptions: readonly GuardDescription[]): (denial: Denied, index: number) => Denied {
  const needed = descriptions.map(neededScopes)
  const completed = descriptions.map(() => new WeakMap<readonly string[], readonly string[]>())

  return (denial, index) => {
    const { code, reason, scopes } = denial
    if (code !== 'insufficient_scope' || scopes === undefined) return denial
    const kept = completed[index]
    const all = kept?.get(scopes) ?? Object.freeze([...new Set(needed.flatMap((names, other) => (other === index ? scopes : names)))])
    kept?.set(scopes, all)
    return denied(code, reason, all)
  }
}

/** The scopes that a guard needs whatever happens: those of alternatives are left out, and prefix scopes without a value. */
function neededScopes(description: GuardDescription): readonly string[] {
  if (description.guard === 'scope') return description.names.filter((name) => !name.endsWith('*'))
  return description.guard === 'allOf' ? description.guards.flatMap(neededScopes) : []
}
