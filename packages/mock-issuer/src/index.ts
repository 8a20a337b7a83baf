export { accessTokenFormats } from './access-token-format.js'
export type { AccessTokenFormat } from './access-token-format.js'
export type { AccessTokenClaims, AccessTokenOptions, OpaqueTokenOptions } from './access-token.js'
export { attack } from './attack.js'
export type { AttackOptions } from './attack-options.js'
export type { AttackAnswer, AttackControl, AttackOutcome, AttackReport, AttackResult, AttackWait } from './attack-report.js'
export { createAttacker } from './attacker.js'
export type { Attacker, AttackerOptions } from './attacker.js'
export { defaultAuthenticationLevels } from './authentication-level.js'
export type { AuthenticationLevel } from './authentication-level.js'
export type { BackchannelApprovals, DeviceApproval, DeviceApprovals, PendingBackchannelRequest } from './approval.js'
export { reservedClaims } from './claims-provider.js'
export type { ClaimsProvider, ClaimsRequest } from './claims-provider.js'
export { defaultClients } from './client.js'
export type { IssuerClient } from './client.js'
export { clientAuthenticationMethods } from './client-authentication-method.js'
export type { ClientAuthenticationMethod } from './client-authentication-method.js'
export { createClock } from './clock.js'
export type { IssuerClock } from './clock.js'
export type { ClaimsSchema, ClaimsSchemaIssue, ClaimsSchemaResult, ContractScope, IssuerContract } from './contract.js'
export { createIssuerHost } from './create-issuer-host.js'
export { createMockIssuer } from './create-mock-issuer.js'
export { grantTypes } from './grant-type.js'
export type { GrantType } from './grant-type.js'
export type { DashboardOptions } from './dashboard-options.js'
export type { DpopOptions } from './dpop-options.js'
export { forgeries } from './forgeries.js'
export type { Forge, Forgeries, ForgeryName, ForgeryVariantName, ForgeToken, TokenForgeryName } from './forgeries.js'
export type { Forgery, ForgeOptions, ForgeryAnswer, ForgerySeverity, ForgeryVariant, Presentation, RfcReference } from './forgery.js'
export type { FaultKind } from './fault-kind.js'
export type { FaultRequest } from './fault-request.js'
export type {
  ClockSkewFault,
  DelayFault,
  DripFault,
  Fault,
  FaultOptions,
  HangFault,
  HugeFault,
  MalformedJsonFault,
  RedirectFault,
  ResetFault,
  RotateMidFlightFault,
  StaleKeysFault,
  StatusFault,
  TransportFault,
  TruncatedFault,
  WrongContentTypeFault,
  WrongIssuerFault,
} from './fault.js'
export type { FaultHandle, IssuerFaults } from './faults.js'
export type { FetchInterception } from './fetch-interception.js'
export type { HttpsOptions } from './https-options.js'
export type { InProcessRequestInit } from './in-process-request.js'
export type { IdTokenClaims, IdTokenOptions } from './id-token.js'
export type { IssuerHost, IssuerHostOptions } from './issuer-host.js'
export { introspectionDialects } from './introspection-dialect.js'
export type { IntrospectionDialect } from './introspection-dialect.js'
export { laxities } from './laxity.js'
export type { Laxity } from './laxity.js'
export type { ListeningIssuer, ListenOptions } from './listen.js'
export type { BackchannelNotice, LoggedLogout, LogoutTokenClaims } from './logout.js'
export { MockIssuerError } from './mock-issuer-error.js'
export type { MockIssuerErrorCode } from './mock-issuer-error.js'
export type { MockIssuerOptions } from './mock-issuer-options.js'
export type { MockIssuer } from './mock-issuer.js'
export type { PhantomToken } from './phantom-token.js'
export type { EndpointName, LoggedRefusal, LoggedRequest, RequestFilter, RequestWaitOptions } from './request-log.js'
export type { SignInput } from './signed-token.js'
export type { SigningAlgorithm } from './signing-algorithm.js'
export type { PublishedSplitToken, SplitToken, SplitTokenOptions, SplitTokens } from './split-token.js'
export type { TrustedIssuer } from './trusted-issuer.js'
export type { IssuerUserChanges, IssuerUsers } from './issuer-users.js'
export type { TlsClientIdentity } from './tls-client-identity.js'
export { defaultUsers } from './user.js'
export type { IssuerUser } from './user.js'
export type { VerifierOptions } from './verifier-options.js'
