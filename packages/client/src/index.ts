export type { AuthorizedFetch, AuthorizedFetchOptions } from './authorized-fetch.js'
export type {
  ClientAuthentication,
  ClientSecretAuthentication,
  ClientSecretJwtAuthentication,
  ClientSigningAlgorithm,
  PrivateKeyJwtAuthentication,
  PublicClientAuthentication,
  SigningKey,
  TlsClientAuthentication,
} from './client-authentication.js'
export { ClientError } from './client-error.js'
export type { ClientErrorCode, ClientErrorOptions, OAuthError } from './client-error.js'
export type { ClientDpopOptions, ClientOptions, IdTokenClaims } from './client-options.js'
export { ClientRegistration } from './client-registration.js'
export type { ClientMetadata, ClientRegistrationMembers, RegisterClientOptions } from './client-registration.js'
export type { Client, DpopProofRequest } from './client.js'
export { createAuthorizedFetch } from './create-authorized-fetch.js'
export { createClient } from './create-client.js'
export { createTokenSource } from './create-token-source.js'
export type { EndableTokenSource } from './create-token-source.js'
export type { DeviceLogin, DeviceLoginOutcome, StartDeviceLoginOptions } from './device-login.js'
export type {
  AuthorizationDetail,
  CompleteLoginInput,
  LoginOutcome,
  RejectionReason,
  StaleReason,
  StartedLogin,
  StartLoginOptions,
} from './login.js'
export type { LogoutUrlOptions } from './logout.js'
export { parseReturnTo } from './return-to.js'
export type { StepUp } from './step-up.js'
export { registerClient } from './register-client.js'
export type { ExchangeOptions } from './token-exchange.js'
export type { TokenRequestOptions } from './token-request.js'
export { formatTokenSet, TokenSet } from './token-set.js'
export type { TokenSetMembers } from './token-set.js'
export type { TokenSourceEvent } from './token-source-event.js'
export type { ClientCredentialsSource, JwtBearerSource, RefreshTokenSource, TokenSourceGrant } from './token-source-grant.js'
export type { TokenSourceOptions } from './token-source-options.js'
export type { GetTokensOptions, TokenSource } from './token-source.js'
export type { UserAddress, UserInfo } from './user-info.js'
