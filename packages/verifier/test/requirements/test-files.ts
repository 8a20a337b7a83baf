import { testsOf } from './requirement.js'

// The verifier, from the outside.
export const jwtVerifier = testsOf('packages/verifier/src/jwt-verifier.test.ts')
export const verifyCompactJws = testsOf('packages/verifier/src/verify-compact-jws.test.ts')
export const remoteJwksDiscovery = testsOf('packages/verifier/src/remote-jwks-discovery.test.ts')
export const introspectionCache = testsOf('packages/verifier/test/introspection-cache.test.ts')
export const introspectionClient = testsOf('packages/verifier/test/introspection-client.test.ts')
export const introspectionJson = testsOf('packages/verifier/test/introspection-json.test.ts')
export const introspectionPhantom = testsOf('packages/verifier/test/introspection-phantom.test.ts')
export const introspectionSecrets = testsOf('packages/verifier/test/introspection-secrets.test.ts')
export const introspectionSigned = testsOf('packages/verifier/test/introspection-signed.test.ts')
export const hostileClaims = testsOf('packages/verifier/test/hostile-claims.test.ts')
export const hostileForm = testsOf('packages/verifier/test/hostile-form.test.ts')
export const hostileHeader = testsOf('packages/verifier/test/hostile-header.test.ts')
export const hostileIssuer = testsOf('packages/verifier/test/hostile-issuer.test.ts')
export const hostileSignature = testsOf('packages/verifier/test/hostile-signature.test.ts')
export const multiIssuerConfusion = testsOf('packages/verifier/test/multi-issuer-confusion.test.ts')
export const properties = testsOf('packages/verifier/test/properties.test.ts')
export const vectors = testsOf('packages/verifier/test/vectors/vectors.test.ts')

// Its single checks.
export const algorithmCheck = testsOf('packages/verifier/src/internal/checks/algorithm.test.ts')
export const audienceCheck = testsOf('packages/verifier/src/internal/checks/audience.test.ts')
export const issuerCheck = testsOf('packages/verifier/src/internal/checks/issuer.test.ts')
export const lifetimeCheck = testsOf('packages/verifier/src/internal/checks/lifetime.test.ts')
export const rfc9068ClaimsCheck = testsOf('packages/verifier/src/internal/checks/rfc9068-claims.test.ts')
export const tokenKindCheck = testsOf('packages/verifier/src/internal/checks/token-kind.test.ts')
export const tokenTypeCheck = testsOf('packages/verifier/src/internal/checks/token-type.test.ts')
export const compactJws = testsOf('packages/verifier/src/internal/compact-jws.test.ts')
export const jwksLocation = testsOf('packages/verifier/src/internal/jwks-location.test.ts')
export const keyAlgorithms = testsOf('packages/verifier/src/internal/key-algorithms.test.ts')
export const verificationKey = testsOf('packages/verifier/src/internal/verification-key.test.ts')

// What reads requests, writes challenges and fetches metadata.
export const challenge = testsOf('packages/protocol/src/challenge.test.ts')
export const challengeParser = testsOf('packages/protocol/src/challenge-parser.test.ts')
export const credentials = testsOf('packages/protocol/src/credentials.test.ts')
export const discovery = testsOf('packages/protocol/src/discovery.test.ts')
export const serverMetadata = testsOf('packages/protocol/src/server-metadata.test.ts')

// The API that asks the verifier, in the frameworks.
export const authenticator = testsOf('packages/guard/src/internal/authenticator.test.ts')
export const authorizer = testsOf('packages/guard/src/internal/authorizer.test.ts')
export const guardEvents = testsOf('packages/guard/src/events.test.ts')
export const scopeGuard = testsOf('packages/guard/src/scope-guard.test.ts')
export const serverOptions = testsOf('packages/guard/src/internal/server-options.test.ts')
export const stepUpGuard = testsOf('packages/guard/src/authentication-guard.test.ts')
export const adapters = testsOf('tests/adapters/adapters.test.ts')
export const nativeFlow = testsOf('tests/adapters/native-flow.test.ts')
export const adaptersDpop = testsOf('tests/adapters/dpop.test.ts')
export const adaptersDpopNonce = testsOf('tests/adapters/dpop-nonce.test.ts')
export const challengePlan = testsOf('packages/guard/src/internal/challenge-plan.test.ts')
export const nonceSource = testsOf('packages/guard/src/internal/nonce-source.test.ts')

// An authorization server of others, and an API, on sockets.
export const providerDpop = testsOf('tests/oidc-provider/dpop.test.ts')
export const providerMtls = testsOf('tests/oidc-provider/mtls.test.ts')
export const providerOpaque = testsOf('tests/oidc-provider/opaque-tokens.test.ts')
