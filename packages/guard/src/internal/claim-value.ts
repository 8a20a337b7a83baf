import { ConfigurationError } from '@bailiwick/protocol'
import type { ClaimValue } from '../guard-description.js'

/** @throws {ConfigurationError} a value that a claim of JSON could never equal, or not reliably */
export function parseClaimValue(value: ClaimValue): ClaimValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value) && !(Number.isInteger(value) && !Number.isSafeInteger(value))) return value
  throw new ConfigurationError('a claim is compared with a string, a boolean or a number that JSON can hold exactly.')
}

/** The longest claim that a pattern is tried on, in characters. */
const MAX_MATCHED_CHARACTERS = 4096

/**
 * Takes a pattern over as a copy, so that nothing the caller does with the original changes the rule.
 *
 * @throws {ConfigurationError} no pattern, or one with a flag that makes it remember its last match
 */
export function parsePattern(pattern: RegExp): { source: string; flags: string; test: (text: string) => boolean } {
  if (!(pattern instanceof RegExp)) throw new ConfigurationError('matches() needs a regular expression.')
  const { source, flags } = pattern
  if (/[gyd]/.test(flags)) {
    throw new ConfigurationError(`matches(/${source}/${flags}) would depend on the request before: leave out the flags "g", "y" and "d".`)
  }
  const own = new RegExp(source, flags)
  return { source, flags, test: (text) => text.length <= MAX_MATCHED_CHARACTERS && own.test(text) }
}
