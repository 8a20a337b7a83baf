import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import type { IssuerUser } from '../../user.js'
import { readAuthenticationLevels } from './authentication-levels.js'
import type { AuthenticationLevels } from './authentication-levels.js'

/** The options about logins, with their defaults, checked. */
export interface SessionSettings {
  readonly sessionTtlSeconds: number
  readonly levels: AuthenticationLevels
  readonly autoLogin: string | undefined
}

/**
 * Reads the options about logins.
 * @throws {MockIssuerError} `invalid_option`, with the option and the fix
 */
export function readSessionSettings(options: MockIssuerOptions, users: readonly IssuerUser[]): SessionSettings {
  const { sessionTtlSeconds = 28_800, autoLogin } = options
  const levels = readAuthenticationLevels(options.acrValues)
  check(
    Number.isInteger(sessionTtlSeconds) && sessionTtlSeconds > 0,
    'sessionTtlSeconds',
    `a positive whole number of seconds, not ${String(sessionTtlSeconds)}`,
  )
  check(autoLogin === undefined || isUserName(autoLogin), 'autoLogin', 'a user name of 1 to 255 ASCII characters')
  for (const [index, { sub, acr }] of users.entries()) {
    const known = levels.listed.map((level) => level.acr).join(', ')
    check(acr === undefined || levels.find(acr) !== undefined, `users[${index}].acr`, `one of ${known}, and that of "${sub}" is "${acr}"`)
  }
  return { sessionTtlSeconds, levels, autoLogin }
}

/** Whether a name can be the `sub` of someone who logs in: 1 to 255 ASCII characters (OpenID Connect Core 1.0 §2). */
export function isUserName(name: string): boolean {
  return /^[\x20-\x7e]{1,255}$/.test(name)
}

function check(condition: boolean, option: string, expected: string): asserts condition {
  if (!condition) throw new MockIssuerError('invalid_option', `The option "${option}" must be ${expected}.`)
}
