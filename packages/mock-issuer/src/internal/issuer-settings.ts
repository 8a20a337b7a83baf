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
import { checkClients } from './client-check.js'
import { readDpopSettings } from './dpop/dpop-settings.js'
import type { DpopSettings } from './dpop/dpop-settings.js'
import { readAuthorizationSettings } from './authorization/authorization-settings.js'
import type { AuthorizationSettings } from './authorization/authorization-settings.js'
import { readLogoutSettings } from './logout/logout-settings.js'
import type { LogoutSettings } from './logout/logout-settings.js'
import { readSessionSettings } from './sessions/session-settings.js'
import type { SessionSettings } from './sessions/session-settings.js'
import { readDashboard } from './dashboard/dashboard-settings.js'
import type { DashboardSettings } from './dashboard/dashboard-settings.js'
import { readTokenSettings } from './tokens/token-settings.js'
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
  checkClients(clients)
  for (const [index, { sub }] of users.entries())
    check(/^[\x20-\x7e]{1,255}$/.test(sub), `users[${index}].sub`, `1 to 255 ASCII characters, not "${sub}"`)
  return {
    contract: options.contract,
    configuredName: readIssuerName(options.issuer),
    algorithm: readAlgorithm(options.algorithm),
    audience,
    clients: new Map(clients.map((client) => [client.clientId, client])),
    users,
    defaultClientId: first('clients', unique('clientId', 'clients', clients)).clientId,
    defaultSub: first('users', unique('sub', 'users', users)).sub,
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

function unique<Id extends string, Entry extends Readonly<Record<Id, string>>>(
  id: Id,
  option: string,
  entries: readonly Entry[],
): readonly Entry[] {
  const places = new Map<string, number>()
  for (const [index, entry] of entries.entries()) {
    const before = places.get(entry[id])
    check(before === undefined, `${option}[${index}].${id}`, `another than that of "${option}[${before}]"; "${entry[id]}" is there twice`)
    places.set(entry[id], index)
  }
  return entries
}

function first<Entry>(option: string, entries: readonly Entry[]): Entry {
  const [entry] = entries
  check(entry !== undefined, option, 'a list with at least one entry, or left out for the defaults')
  return entry
}
