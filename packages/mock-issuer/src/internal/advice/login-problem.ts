import type { ContractBreach } from '../contract-check.js'

/** Why a user cannot be logged in for these scopes, and what can be done. */
export interface LoginProblem {
  readonly reason: string
  /** What can be done on a page whose scopes can be unticked. */
  readonly untick: string
  /** What can be done elsewhere. */
  readonly give: string
}

/** Tells of a user what the contract misses in the token that they would get. */
export function describeLoginProblem(
  { message, lacking = [] }: ContractBreach,
  { sub, isConfigured }: { readonly sub: string; readonly isConfigured: boolean },
): LoginProblem {
  if (lacking.length === 0) {
    const correct = `Correct the claims of ${sub}.`
    return { reason: `${sub} cannot log in here. ${message}`, untick: correct, give: correct }
  }
  const scopes = [...new Set(lacking.map(({ scope }) => scope))]
  const names = [...new Set(lacking.map(({ claim }) => claim))]
  const claims = `the claim${names.length === 1 ? '' : 's'} ${joined(names)}`
  const who = isConfigured ? `${sub} lacks` : `${sub} is none of the configured users, so lacks`
  const give = isConfigured ? `ive ${sub} ${claims}.` : `dd ${sub} to the users with ${claims}.`
  return {
    reason: `${who} ${claims}, which ${joined(scopes)} require${scopes.length === 1 ? 's' : ''}.`,
    untick: `Untick ${joined(scopes)}, or ${isConfigured ? 'g' : 'a'}${give}`,
    give: `${isConfigured ? 'G' : 'A'}${give}`,
  }
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
