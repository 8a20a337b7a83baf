import { denied, deniedForStepUp } from '../decision.js'
import type { Denied, StepUp } from '../decision.js'
import type { GuardDescription } from '../guard-description.js'

/**
 * Completes the denial of one guard of a list by what the others need too, so that a client that asks for a new token or sends
 * its user to log in does so once. What is worked out is kept with the denial's own list, so that the same denial is made once.
 *
 * Alternatives are left out: nobody knows which of them the client would take.
 */
export function completeDenialFor(descriptions: readonly GuardDescription[]): (denial: Denied, index: number) => Denied {
  const scopes = descriptions.map(neededScopes)
  const logins = descriptions.flatMap(neededLogins)
  const keptScopes = descriptions.map(() => new WeakMap<readonly string[], readonly string[]>())
  const keptLogins = new WeakMap<StepUp, StepUp>()

  return (denial, index) => {
    if (denial.scopes !== undefined) {
      const own = denial.scopes
      return denied(
        denial.code,
        denial.reason,
        kept(keptScopes[index], own, () => mergeScopes(scopes, index, own)),
      )
    }
    if (denial.stepUp !== undefined) {
      const own = denial.stepUp
      return deniedForStepUp(
        denial.reason,
        kept(keptLogins, own, () => mergeLogins([own, ...logins])),
      )
    }
    return denial
  }
}

/** In the order of the guards. */
function mergeScopes(needed: readonly (readonly string[])[], index: number, own: readonly string[]): readonly string[] {
  return Object.freeze([...new Set(needed.flatMap((names, other) => (other === index ? own : names)))])
}

/** The first list of classes, which is the one that failed if one did, and the strictest age. */
function mergeLogins(logins: readonly StepUp[]): StepUp {
  const acrValues = logins.find((login) => login.acrValues !== undefined)?.acrValues
  const ages = logins.flatMap(({ maxAgeSeconds }) => maxAgeSeconds ?? [])
  return Object.freeze({
    ...(acrValues === undefined ? {} : { acrValues }),
    ...(ages.length === 0 ? {} : { maxAgeSeconds: Math.min(...ages) }),
  })
}

/** What cannot be asked for as it stands, a prefix scope without a value, is left out. */
function neededScopes(description: GuardDescription): readonly string[] {
  if (description.guard === 'scope') return description.names.filter((name) => !name.endsWith('*'))
  return description.guard === 'allOf' ? description.guards.flatMap(neededScopes) : []
}

function neededLogins(description: GuardDescription): readonly StepUp[] {
  if (description.guard === 'acr') return [{ acrValues: description.values }]
  if (description.guard === 'maxAuthenticationAge') return [{ maxAgeSeconds: description.seconds }]
  return description.guard === 'allOf' ? description.guards.flatMap(neededLogins) : []
}

function kept<Key extends object, Value>(memory: WeakMap<Key, Value> | undefined, key: Key, make: () => Value): Value {
  const known = memory?.get(key)
  if (known !== undefined) return known
  const made = make()
  memory?.set(key, made)
  return made
}
