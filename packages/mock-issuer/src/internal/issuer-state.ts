import { createClock } from '../clock.js'
import type { IssuerClock } from '../clock.js'
import type { IssuerContract } from '../contract.js'
import type { IssuerUsers } from '../issuer-users.js'
import type { MockIssuerOptions } from '../mock-issuer-options.js'
import { createAuthorizationCodes } from './authorization/authorization-codes.js'
import type { AuthorizationCodes } from './authorization/authorization-codes.js'
import { createPendingLogins } from './authorization/pending-logins.js'
import type { PendingLogins } from './authorization/pending-logins.js'
import { createTokenJournal } from './dashboard/token-journal.js'
import type { TokenJournal } from './dashboard/token-journal.js'
import { createClientKeys } from './client-authentication/client-keys.js'
import type { ClientKeys } from './client-authentication/client-keys.js'
import { createBackchannelRequests } from './ciba/backchannel-requests.js'
import type { BackchannelRequests } from './ciba/backchannel-requests.js'
import { createDeviceAuthorizations } from './device/device-authorizations.js'
import type { DeviceAuthorizations } from './device/device-authorizations.js'
import { createDpopNonces } from './dpop/dpop-nonces.js'
import type { DpopNonces } from './dpop/dpop-nonces.js'
import { createFaultList } from './faults/fault-list.js'
import type { FaultList } from './faults/fault-list.js'
import { createMintingConditions } from './faults/minting-conditions.js'
import type { MintingConditions } from './faults/minting-conditions.js'
import { createRequestLogBuffer } from './http/request-log-buffer.js'
import type { RequestLogBuffer } from './http/request-log-buffer.js'
import { createIssuerName } from './issuer-name.js'
import type { IssuerName } from './issuer-name.js'
import { readSettings } from './issuer-settings.js'
import type { IssuerSettings } from './issuer-settings.js'
import { createLiveUsers } from './live-users.js'
import { createPushedRequests } from './par/pushed-requests.js'
import type { PushedRequests } from './par/pushed-requests.js'
import { createClientRegistry } from './registration/client-registry.js'
import type { ClientRegistry } from './registration/client-registry.js'
import { createUsedIdentifiers } from './replay/used-identifiers.js'
import type { UsedIdentifiers } from './replay/used-identifiers.js'
import { createPendingLogouts } from './logout/pending-logouts.js'
import type { PendingLogouts } from './logout/pending-logouts.js'
import { createLogoutLog } from './logout/session-end.js'
import type { LogoutLog } from './logout/session-end.js'
import { createSessions } from './sessions/sessions.js'
import type { Sessions } from './sessions/sessions.js'
import { openIdScopes } from './scope.js'
import { createSigningKeys } from './signing/signing-keys.js'
import type { SigningKeys } from './signing/signing-keys.js'
import { createSplitTokenPublisher } from './split/split-token-publisher.js'
import type { SplitTokenPublisher } from './split/split-token-publisher.js'
import { createSplitTokenStore } from './split/split-token-store.js'
import type { SplitTokenStore } from './split/split-token-store.js'
import { createAccessTokenMint } from './tokens/access-token-minting.js'
import type { AccessTokenMint } from './tokens/access-token-minting.js'
import { createIssuedAccessTokens } from './tokens/issued-access-tokens.js'
import type { IssuedAccessTokens } from './tokens/issued-access-tokens.js'
import { createIssuedIdTokens } from './tokens/issued-id-tokens.js'
import type { IssuedIdTokens } from './tokens/issued-id-tokens.js'
import { createRefreshTokens } from './tokens/refresh-tokens.js'
import type { RefreshTokens } from './tokens/refresh-tokens.js'

/** Everything that one issuer consists of, in memory. Each endpoint declares which part of it it needs. */
export interface IssuerState extends IssuerSettings {
  readonly name: IssuerName
  readonly registry: ClientRegistry
  /** The origins of all redirect URIs: the web pages that clients run on. */
  readonly clientOrigins: ReadonlySet<string>
  readonly clock: IssuerClock
  readonly keys: SigningKeys
  /** Finds and changes the configured users; `users` is the list of the same objects. */
  readonly personas: IssuerUsers
  readonly log: RequestLogBuffer
  readonly faults: FaultList
  /** The time and the issuer that tokens are minted with: see the faults `clock-skew` and `wrong-issuer`. */
  readonly minting: MintingConditions
  readonly issued: IssuedAccessTokens
  readonly issuedIdTokens: IssuedIdTokens
  /** What the dashboard shows of issued tokens. */
  readonly journal: TokenJournal
  readonly accessTokens: AccessTokenMint
  readonly splitTokenStore: SplitTokenStore
  readonly splitTokenPublisher: SplitTokenPublisher
  readonly refreshTokens: RefreshTokens
  readonly clientKeys: ClientKeys
  readonly dpopNonces: DpopNonces
  readonly usedIdentifiers: UsedIdentifiers
  readonly codes: AuthorizationCodes
  readonly logins: PendingLogins
  readonly sessions: Sessions
  readonly pendingLogouts: PendingLogouts
  readonly logouts: LogoutLog
  readonly pushedRequests: PushedRequests
  readonly devices: DeviceAuthorizations
  readonly backchannelRequests: BackchannelRequests
  readonly supportedScopes: readonly string[]
  issuerName(): string
  now(): number
  /** The time that the clock would have if nobody had moved it, in milliseconds since the epoch. */
  unmovedNow(): number
}

/** What an issuer goes on with when its options change: who it is, its time, its keys, and what it issued. */
export type KeptState = Pick<
  IssuerState,
  | 'name'
  | 'registry'
  | 'clock'
  | 'keys'
  | 'personas'
  | 'log'
  | 'faults'
  | 'issued'
  | 'issuedIdTokens'
  | 'journal'
  | 'splitTokenStore'
  | 'refreshTokens'
  | 'codes'
  | 'pushedRequests'
  | 'logins'
  | 'sessions'
  | 'pendingLogouts'
  | 'logouts'
  | 'dpopNonces'
  | 'usedIdentifiers'
  | 'devices'
  | 'backchannelRequests'
>

/** Creates the state of an issuer. What is `kept` of one before is gone on with; the rest starts anew, by the options. */
export function createIssuerState(options: MockIssuerOptions, kept: Partial<KeptState> = {}): IssuerState {
  const settings = readSettings(options)
  const name = kept.name ?? createIssuerName(settings.configuredName)
  const clock = kept.clock ?? createClock(options.now)
  const keys = kept.keys ?? createSigningKeys(settings.algorithm)
  const personas = createLiveUsers(settings.users, kept.personas)
  const registry = createClientRegistry({ ...settings, kept: kept.registry, now: clock.now })
  const { clients, origins: clientOrigins } = registry
  const shared = { ...settings, clients, clientOrigins, users: personas.list(), keys, now: clock.now, issuerName: name.read }
  const minting = createMintingConditions(shared)
  const journal = kept.journal ?? createTokenJournal(shared)
  const issued = kept.issued ?? journal.observe(createIssuedAccessTokens({ ...shared, ...registry }))
  const splitTokenStore = kept.splitTokenStore ?? createSplitTokenStore(shared)
  const splitTokenPublisher = createSplitTokenPublisher({ ...shared, splitTokenStore })
  return {
    ...shared,
    name,
    registry,
    clock,
    unmovedNow: options.now ?? Date.now,
    personas,
    issued,
    issuedIdTokens: kept.issuedIdTokens ?? createIssuedIdTokens(shared),
    journal,
    log: kept.log ?? createRequestLogBuffer(),
    faults: kept.faults ?? createFaultList(),
    minting,
    accessTokens: createAccessTokenMint({ ...shared, ...minting, issued, splitTokenPublisher }),
    splitTokenStore,
    splitTokenPublisher,
    refreshTokens: kept.refreshTokens ?? createRefreshTokens(shared),
    codes: kept.codes ?? createAuthorizationCodes(shared),
    logins: kept.logins ?? createPendingLogins(shared),
    sessions: kept.sessions ?? createSessions(shared),
    pendingLogouts: kept.pendingLogouts ?? createPendingLogouts(shared),
    logouts: kept.logouts ?? createLogoutLog(),
    clientKeys: createClientKeys({ fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)), now: clock.now }),
    dpopNonces: kept.dpopNonces ?? createDpopNonces(shared),
    usedIdentifiers: kept.usedIdentifiers ?? createUsedIdentifiers(shared),
    pushedRequests: kept.pushedRequests ?? createPushedRequests(shared),
    devices: kept.devices ?? createDeviceAuthorizations(shared),
    backchannelRequests: kept.backchannelRequests ?? createBackchannelRequests(shared),
    supportedScopes: supportedScopes(settings.contract),
  }
}

// A prefix such as "payment:*" is no scope that a client could ask for, so it is not advertised.
function supportedScopes(contract: IssuerContract | undefined): readonly string[] {
  const declared = Object.keys(contract?.scopes ?? {}).filter((scope) => !scope.endsWith('*'))
  return [...new Set([...openIdScopes, ...declared])]
}
