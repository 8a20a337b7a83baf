import { defaultAuthenticationLevels } from '../../authentication-level.js'
import type { AuthenticationLevel } from '../../authentication-level.js'
import { MockIssuerError } from '../../mock-issuer-error.js'

/** The levels that an issuer knows. A stronger one satisfies whoever asks for a weaker one. */
export interface AuthenticationLevels {
  /** The weakest first. */
  readonly listed: readonly AuthenticationLevel[]
  readonly weakest: AuthenticationLevel
  find(acr: string | undefined): AuthenticationLevel | undefined
  /** Whether a login at this level is at least of the other. */
  satisfies(reached: AuthenticationLevel, acr: string): boolean
}

/**
 * Reads the option `acrValues`.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readAuthenticationLevels(
  option: readonly (string | AuthenticationLevel)[] = defaultAuthenticationLevels,
): AuthenticationLevels {
  const listed = option.map((level) => (typeof level === 'string' ? { acr: level } : level))
  const acrs = listed.map(({ acr }) => acr)
  const [weakest] = listed
  if (weakest === undefined) throw invalid('a list with at least one level, or left out for the defaults')
  const unusable = acrs.find((acr) => !/^[\x21-\x7e]{1,255}$/.test(acr))
  if (unusable !== undefined) throw invalid(`a list of values of 1 to 255 printable ASCII characters without spaces, not "${unusable}"`)
  const repeated = acrs.find((acr, index) => acrs.indexOf(acr) !== index)
  if (repeated !== undefined) throw invalid(`free of repetitions; "${repeated}" is there twice`)
  return {
    listed,
    weakest,
    find: (acr) => listed.find((level) => level.acr === acr),
    satisfies: (reached, acr) => acrs.includes(acr) && acrs.indexOf(reached.acr) >= acrs.indexOf(acr),
  }
}

/** The level that is asked for first, of those that the issuer knows. */
export function preferredLevel(acrValues: readonly string[], levels: AuthenticationLevels): AuthenticationLevel | undefined {
  return acrValues.map((acr) => levels.find(acr)).find((level) => level !== undefined)
}

/**
 * The `acr` of a token for a login at this level. Of the values that were asked for it is the first that the login satisfies, even if
 * the login was stronger: an API that compares the claim would otherwise ask for what it has. If it satisfies none, or none was asked
 * for, it is that of the login.
 */
export function reportedAcr(reached: AuthenticationLevel, acrValues: readonly string[], levels: AuthenticationLevels): string {
  return acrValues.find((acr) => levels.satisfies(reached, acr)) ?? reached.acr
}

function invalid(expected: string): MockIssuerError {
  return new MockIssuerError('invalid_option', `The option "acrValues" must be ${expected}.`)
}
