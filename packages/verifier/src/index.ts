export { AccessTokenError } from './access-token-error.js'
export type { AccessTokenErrorCode, AccessTokenErrorOptions } from './access-token-error.js'
export type { SigningAlgorithm } from './algorithms.js'
export type { DpopNonceOptions, DpopOptions } from './dpop-options.js'
export type {
  ConfirmedHybridOptions,
  ConfirmingVerifier,
  EvictingVerifier,
  HybridVerifierBaseOptions,
  HybridVerifierOptions,
  UnconfirmedHybridOptions,
} from './hybrid-verifier-options.js'
export { createHybridVerifier } from './hybrid-verifier.js'
export type { HybridVerifier } from './hybrid-verifier.js'
export type { IntrospectionCacheOptions } from './introspection-cache-options.js'
export type {
  ClientSecretAuthentication,
  IntrospectionClientAuthentication,
  IntrospectionClientOptions,
  NoClientAuthentication,
  PrivateKeyAuthentication,
  TlsClientAuthentication,
} from './introspection-client-options.js'
export type {
  IntrospectionResponseOptions,
  IntrospectionSettings,
  IntrospectionVerifierOptions,
  JsonResponseOptions,
  PhantomResponseOptions,
  SignedResponseOptions,
} from './introspection-options.js'
export { createIntrospectionVerifier } from './introspection-verifier.js'
export type { IntrospectionVerifier } from './introspection-verifier.js'
export type { JwksSnapshot } from './jwks-snapshot.js'
export type { JwsHeader, VerifiedJwsHeader } from './jws-header.js'
export type { JwtRulesOptions } from './jwt-rules-options.js'
export type { JwtVerificationOptions, JwtVerifierOptions } from './jwt-verifier-options.js'
export { createJwtVerifier } from './jwt-verifier.js'
export type { JwtVerifier } from './jwt-verifier.js'
export type { JsonWebKeySet, KeyHint, KeysOption, KeySource, VerificationKey } from './key-source.js'
export type {
  ConnectionCertificateOptions,
  EscapedPemOptions,
  ForwardedCertificateOptions,
  MtlsOptions,
  TrustedProxies,
} from './mtls-options.js'
export type { IssuerResolver, MultiIssuerVerifierOptions } from './multi-issuer-verifier-options.js'
export { createMultiIssuerVerifier } from './multi-issuer-verifier.js'
export type { MultiIssuerVerifier } from './multi-issuer-verifier.js'
export type { JwksLocation, RemoteJwksOptions, RemoteJwksSettings } from './remote-jwks-options.js'
export type { RemoteJwksState } from './remote-jwks-state.js'
export { createRemoteJwks } from './remote-jwks.js'
export type { RemoteJwks } from './remote-jwks.js'
export type { RevocationOptions } from './revocation-options.js'
export type { SenderConstraintOptions } from './sender-constraint-options.js'
export type { TokenProfile } from './token-profile.js'
export type { TokenSelector } from './token-selector.js'
export type { VerdictCacheOptions } from './verdict-cache-options.js'
export { verifyCompactJws } from './verify-compact-jws.js'
export type { VerifiedJws, VerifyCompactJwsOptions } from './verify-compact-jws.js'
