import type { IssuerClient } from '../../client.js'
import { grantTypes } from '../../grant-type.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import { createTrustedIssuers } from '../jwt-bearer/trusted-issuers.js'
import type { TrustedIssuers } from '../jwt-bearer/trusted-issuers.js'

/** The options about grants, with their defaults, checked. */
export interface GrantSettings {
  readonly refreshTokenRotation: 'always' | 'never'
  readonly pollingIntervalSeconds: number
  readonly trustedIssuers: TrustedIssuers
}

/**
 * Reads these options, and checks what clients and users say about grants.
 * @throws {MockIssuerError} `invalid_option`, with the option and the fix
 */
export function readGrantSettings(options: MockIssuerOptions): GrantSettings {
  const { refreshTokenRotation = 'always', pollingIntervalSeconds = 5, trustedIssuers, clients = [], users = [] } = options
  check(['always', 'never'].includes(refreshTokenRotation), 'refreshTokenRotation', 'always or never')
  const usable = Number.isInteger(pollingIntervalSeconds) && pollingIntervalSeconds > 0
  check(usable, 'pollingIntervalSeconds', `a positive whole number of seconds, not ${String(pollingIntervalSeconds)}`)
  for (const client of clients) checkGrantTypes(client)
  for (const { sub, ciba = 'wait' } of users) {
    check(['approve', 'deny', 'wait'].includes(ciba), 'users', `a list with approve, deny or wait as the ciba of "${sub}"`)
  }
  return { refreshTokenRotation, pollingIntervalSeconds, trustedIssuers: createTrustedIssuers(trustedIssuers) }
}

function checkGrantTypes({ clientId, grantTypes: listed = [] }: IssuerClient): void {
  const unknown = listed.find((grantType) => !grantTypes.includes(grantType))
  check(unknown === undefined, 'clients', `a list with grantTypes out of ${grantTypes.join(', ')}; "${unknown}" of "${clientId}" is none`)
}

function check(condition: boolean, option: string, expected: string): void {
  if (!condition) throw new MockIssuerError('invalid_option', `The option "${option}" must be ${expected}.`)
}
