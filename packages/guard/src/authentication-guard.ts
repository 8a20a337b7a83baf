import { ConfigurationError } from '@bailiwick/protocol'
import { allowed, deniedForStepUp } from './decision.js'
import type { Guard } from './guard.js'
import { defineGuard } from './internal/define-guard.js'

/**
 * Requires that the user logged in with one of these authentication context classes (`acr`), compared exactly: there is no order
 * between classes, so list every one that is good enough, the preferred first.
 *
 * @returns a guard that denies with `insufficient_user_authentication`; the challenge lists the values as `acr_values`
 * @throws {ConfigurationError} no value, or one that cannot be listed: printable ASCII without spaces, quotes and backslashes
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-3 RFC 9470 §3}
 */
export function acr(...values: readonly [string, ...string[]]): Guard {
  if (values.length === 0) throw new ConfigurationError('acr() needs at least one value.')
  for (const value of values) {
    if (typeof value === 'string' && /^[!#-[\]-~]+$/.test(value)) continue
    throw new ConfigurationError(
      `acr(${JSON.stringify(value)}) cannot be listed: use printable ASCII without spaces, quotes and backslashes.`,
    )
  }
  const accepted = Object.freeze([...values])
  const denial = deniedForStepUp('the user logged in with none of the required authentication contexts', { acrValues: accepted })
  return defineGuard({ guard: 'acr', values: accepted }, (principal) =>
    principal.acr !== undefined && accepted.includes(principal.acr) ? allowed : denial,
  )
}

/** The options of {@link maxAuthenticationAge}. */
export interface MaxAuthenticationAgeOptions {
  /** In milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

/**
 * Requires that the user logged in (`auth_time`) at most so many seconds ago, 0 to 31,536,000. A login that lies ahead by more than a
 * minute, which is more than clocks differ, denies, and so does a token that does not say when.
 *
 * @returns a guard that denies with `insufficient_user_authentication`; the challenge has the seconds as `max_age`
 * @throws {ConfigurationError} something other than a whole number of seconds in that range
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-3 RFC 9470 §3}
 */
export function maxAuthenticationAge(seconds: number, { now = Date.now }: MaxAuthenticationAgeOptions = {}): Guard {
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_SECONDS) {
    throw new ConfigurationError(`maxAuthenticationAge() needs a whole number of seconds from 0 to ${MAX_SECONDS}.`)
  }
  const denial = deniedForStepUp(`the user did not log in within the last ${seconds} seconds`, { maxAgeSeconds: seconds })
  return defineGuard({ guard: 'maxAuthenticationAge', seconds }, ({ authenticatedAt }) => {
    if (authenticatedAt === undefined) return denial
    const age = now() / 1000 - authenticatedAt
    return age <= seconds && age >= -MAX_SECONDS_AHEAD ? allowed : denial
  })
}

const MAX_SECONDS = 31_536_000
const MAX_SECONDS_AHEAD = 60
