import { defaultClients } from '../client.js'
import type { IssuerClient } from '../client.js'
import type { IssuerContract } from '../contract.js'
import { laxities } from '../laxity.js'
import type { Laxity } from '../laxity.js'
import { MockIssuerError } from '../mock-issuer-error.js'
import type { MockIssuerOptions } from '../mock-issuer-options.js'
import { signingAlgorithms } from '../signing-algorithm.js'
import type { SigningAlgorithm } from '../signing-algorithm.js'
import { defaultUsers } from '../user.js'
import type { IssuerUser } from '../user.js'
import { checkClientAuthentication } from './client-authentication/client-registration-check.js'
import { readDpopSettings } from './dpop/dpop-settings.js'
import type { DpopSettings } from './dpop/dpop-settings.js'
import { readAuthorizationSettings } from './authorization/authorization-settings.js'
import type { AuthorizationSettings } from './authorization/authorization-settings.js'
import { findLogoutUriProblem, readLogoutSettings } from './logout/logout-settings.js'
import type { LogoutSettings } from './logout/logout-settings.js'
import { readSessionSettings } from './sessions/session-settings.js'
import type { SessionSettings } from './sessions/session-settings.js'
import { readDashboard } from './dashboard/dashboard-settings.js'
import type { DashboardSettings } from './dashboard/dashboard-settings.js'
import { checkClientTokens, readTokenSettings } from './tokens/token-settings.js'
import type { TokenSettings } from './tokens/token-settings.js'
import { readGrantSettings } from './token-endpoint/grant-settings.js'
import type { GrantSettings } from './token-endpoint/grant-settings.js'

/** The options with their defaults, checked. */
export interface IssuerSettings extends GrantSettings, TokenSettings, AuthorizationSettings, SessionSettings, LogoutSettings {
  readonly contract: IssuerContract | undefined
  readonly configuredName: string | undefined
  readonly algorithm: SigningAlgorithm
  readonly audience: string | readonly string[]
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly users: readonly IssuerUser[]
  readonly defaultClientId: string
  readonly defaultSub: string
  readonly accessTokenTtlSeconds: number
  readonly refreshTokenTtlSeconds: number
  readonly jwksMaxAgeSeconds: number
  readonly dpop: DpopSettings
  readonly lax: ReadonlySet<Laxity>
  readonly dashboard: DashboardSettings | undefined
  readonly onError: (error: unknown) => void
}

/**
 * Reads the options.
 * @throws {MockIssuerError} `invalid_option`, with the option and the fix
 */
export function readSettings(options: MockIssuerOptions): IssuerSettings {
  const clients = options.clients ?? defaultClients
  const users = options.users ?? defaultUsers
  const audience = readAudience(options)
  for (const client of clients) checkClient(client)
  for (const client of clients) {
    const problem = findLogoutUriProblem(client)
    check(problem === undefined, 'clients', `a list with ${problem}`)
  }
  for (const client of clients) checkClientAuthentication(client)
  for (const client of clients) checkClientTokens(client)
  for (const user of users) check(/^[\x20-\x7e]{1,255}$/.test(user.sub), 'users', `a sub of 1 to 255 ASCII characters, not "${user.sub}"`)
  return {
    contract: options.contract,
    configuredName: readIssuerName(options.issuer),
    algorithm: readAlgorithm(options.algorithm),
    audience,
    clients: new Map(clients.map((client) => [client.clientId, client])),
    users,
    defaultClientId: first(
      'clients',
      unique(
        'clients',
        clients.map((client) => client.clientId),
      ),
    ),
    defaultSub: first(
      'users',
      unique(
        'users',
        users.map((user) => user.sub),
      ),
    ),
    accessTokenTtlSeconds: readSeconds('accessTokenTtlSeconds', options.accessTokenTtlSeconds ?? 300),
    refreshTokenTtlSeconds: readSeconds('refreshTokenTtlSeconds', options.refreshTokenTtlSeconds ?? 86_400),
    jwksMaxAgeSeconds: readSeconds('jwksMaxAgeSeconds', options.jwksMaxAgeSeconds ?? 300),
    lax: readLaxities(options.lax ?? []),
    dpop: readDpopSettings(options.dpop),
    ...readAuthorizationSettings(options, audience),
    ...readSessionSettings(options, users),
    ...readLogoutSettings(options),
    dashboard: readDashboard(options.dashboard),
    ...readTokenSettings(options),
    ...readGrantSettings(options),
    onError: options.onError ?? (() => {}),
  }
}

function check(condition: boolean, option: string, expected: string): asserts condition {
  if (!condition) throw new MockIssuerError('invalid_option', `The option "${option}" must be ${expected}.`)
}

function readIssuerName(issuer: string | undefined): string | undefined {
  if (issuer === undefined) return undefined
  // The path goes into a Set-Cookie header, where a semicolon would end it.
  const usable = URL.canParse(issuer) && /^https?:\/\/[^\s?#;,@\\]+$/.test(issuer)
  check(usable, 'issuer', `an http or https URL without credentials, query and fragment, not "${issuer}"`)
  return issuer
}

function readAlgorithm(algorithm: SigningAlgorithm = 'ES256'): SigningAlgorithm {
  check(signingAlgorithms.includes(algorithm), 'algorithm', `one of ${signingAlgorithms.join(', ')}, not "${algorithm}"`)
  return algorithm
}

function readAudience({ audience, contract }: MockIssuerOptions): string | readonly string[] {
  if (audience === undefined) return contract?.audience ?? 'api'
  const listed = typeof audience === 'string' ? [audience] : audience
  check(listed.length > 0 && listed.every((name) => name !== ''), 'audience', 'a non-empty string or a list of them')
  const expected = contract?.audience ?? listed[0]
  check(expected !== undefined && listed.includes(expected), 'audience', `left out or include "${expected}", the audience of the contract`)
  return audience
}

function readLaxities(names: readonly Laxity[]): ReadonlySet<Laxity> {
  for (const name of names)
    check(Object.hasOwn(laxities, name), 'lax', `a list of ${Object.keys(laxities).join(', ')}; "${name}" is none of them`)
  return new Set(names)
}

function readSeconds(option: string, seconds: number): number {
  check(Number.isInteger(seconds) && seconds > 0, option, `a positive whole number of seconds, not ${String(seconds)}`)
  return seconds
}

// RFC 6749 appendix A.1 and A.2: client ids and secrets are printable ASCII.
function checkClient({ clientId, clientSecret, redirectUris = [] }: IssuerClient): void {
  check(
    /^[\x20-\x7e]{1,256}$/.test(clientId),
    'clients',
    `a list with a clientId of 1 to 256 printable ASCII characters each, not "${clientId}"`,
  )
  const usable = clientSecret === undefined || /^[\x20-\x7e]{1,256}$/.test(clientSecret)
  check(usable, 'clients', `a list with a clientSecret of 1 to 256 printable ASCII characters, or none, for "${clientId}"`)
  for (const uri of redirectUris) {
    const safe = URL.canParse(uri) && /^[\x21\x22\x24-\x7e]+$/.test(uri) && !/^(javascript|data|vbscript):/i.test(uri)
    check(safe, 'clients', `a list with absolute redirectUris without a fragment; "${uri}" of "${clientId}" is not`)
  }
}

function unique(option: string, ids: readonly string[]): readonly string[] {
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index)
  check(repeated === undefined, option, `free of repetitions; "${repeated}" is there twice`)
  return ids
}

function first(option: string, ids: readonly string[]): string {
  const [id] = ids
  check(id !== undefined, option, 'a list with at least one entry, or left out for the defaults')
  return id
}
