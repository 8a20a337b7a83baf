import { type AccessTokenVerifier, ConfigurationError, type Fetch, type VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from './access-token-error.js'
import { isSigningAlgorithm, type SigningAlgorithm, signingAlgorithms } from './algorithms.js'
import { checkAccessTokenClaims } from './internal/checks/access-token-claims.js'
import { checkAudience } from './internal/checks/audience.js'
import { checkClaimTypes } from './internal/checks/claim-types.js'
import { checkConfirmation } from './internal/checks/confirmation.js'
import { checkIssuer } from './internal/checks/issuer.js'
import { checkLifetime } from './internal/checks/lifetime.js'
import { checkRequiredClaims } from './internal/checks/required-claims.js'
import { checkRfc9068Claims } from './internal/checks/rfc9068-claims.js'
import { checkTokenType, type TokenProfile } from './internal/checks/token-type.js'
import { parseJsonObject } from './internal/compact-jws.js'
import { deepFreeze } from './internal/deep-freeze.js'
import { openCompactJws } from './internal/open-compact-jws.js'
import { checkNumber } from './internal/options.js'
import { type KeysOption, resolveKeys } from './internal/resolve-keys.js'
import type { KeySource } from './key-source.js'
import { createRemoteJwks } from './remote-jwks.js'

export interface JwtVerifierOptions {
  /** The issuer, exactly as it stands in its tokens: `iss` is compared character by character. */
  issuer: string
  /** What the tokens for this API have in `aud`; one of several suffices. `null` says, in so many words, that it is not checked. */
  audience: string | readonly string[] | null
  /** Default: every asymmetric algorithm that is supported. A key is used only with those that fit its type, curve and `alg`. */
  algorithms?: readonly SigningAlgorithm[]
  /** Default: discovered from the metadata of the issuer, fetched when the first token comes, and kept (`createRemoteJwks`). */
  keys?: KeysOption
  /** `rfc9068` demands `typ: at+jwt` and every claim of RFC 9068 §2.2. Default: `jwt`. */
  profile?: TokenProfile
  /** How far the clocks of issuer and API may differ, in seconds, from 0 to 300. Default: 0. */
  clockToleranceSeconds?: number
  /** The largest age of a token by `iat`, in seconds, whatever its `exp`. Default: none. */
  maxTokenAgeSeconds?: number
  /** Claims that must be there, whatever their value. */
  requiredClaims?: readonly string[]
  /** The largest token, in characters. Default: 16,384. */
  maxTokenBytes?: number
  /** For discovery and keys. Default: the global `fetch`. */
  fetch?: Fetch
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: () => number
}

/** Verifies the JWT access tokens of one issuer; see `createJwtVerifier`. */
export interface JwtVerifier extends AccessTokenVerifier {
  /** @throws AccessTokenError */
  verify: AccessTokenVerifier['verify']
  readonly issuers: readonly [string]
}

const maxClaimsDepth = 32

/**
 * A verifier for the JWT access tokens of one issuer. Each token goes through the checks of RFC 9068 §4 and RFC 8725 §3 in this
 * order: size and form, `alg`, `crit`, `typ`, key, signature; then the types of the claims, `iss`, `aud`, `exp` / `nbf` / `iat`,
 * the kind of token, required claims, `cnf`. Members of the header that carry or point to a key (`jwk`, `jku`, `x5u`, `x5c`) are
 * ignored.
 *
 * What is *not* checked: scopes and other claims (`guard` does), revocation before `exp`, and the sender of a bound token: a token
 * with `cnf` is refused. Of duplicate members in the JSON the last one counts (RFC 7519 §4).
 *
 * @throws ConfigurationError for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3 RFC 8725 §3}
 * @example
 * import { createJwtVerifier } from '@bailiwick/verifier'
 *
 * const verifier = createJwtVerifier({ issuer: 'https://login.example.com', audience: 'orders-api' })
 * const { claims } = await verifier.verify('eyJhbGciOiJFUzI1NiIs…')
 */
export function createJwtVerifier(options: JwtVerifierOptions): JwtVerifier {
  const { issuer, profile, requiredClaims, now, ...settings } = resolveOptions(options)

  async function verify(...[token, presentation]: Parameters<AccessTokenVerifier['verify']>): Promise<VerifiedAccessToken> {
    if (presentation?.scheme === 'DPoP') throw new AccessTokenError('scheme_unsupported', { detail: 'DPoP' })
    const { payload } = await openCompactJws(token, settings)
    const claims = parseJsonObject(payload, maxClaimsDepth, 'claims_malformed')
    checkClaimTypes(claims)
    checkIssuer(claims, issuer)
    checkAudience(claims, settings.audience)
    const expiresAt = checkLifetime(claims, { ...settings, nowSeconds: now() / 1000 })
    checkAccessTokenClaims(claims)
    if (profile === 'rfc9068') checkRfc9068Claims(claims)
    checkRequiredClaims(claims, requiredClaims)
    checkConfirmation(claims)
    return Object.freeze({ issuer, expiresAt, claims: deepFreeze(claims) })
  }

  return { verify, issuers: [issuer] }
}

function resolveOptions(options: JwtVerifierOptions) {
  const { issuer, audience, profile = 'jwt', algorithms = signingAlgorithms, requiredClaims = [], now = Date.now } = options
  if (typeof issuer !== 'string' || issuer === '') throw new ConfigurationError('issuer must be the iss of the tokens, a string')
  if (profile !== 'jwt' && profile !== 'rfc9068') throw new ConfigurationError("profile must be 'jwt' or 'rfc9068'")
  if (!Array.isArray(algorithms) || algorithms.length === 0 || !algorithms.every(isSigningAlgorithm)) {
    throw new ConfigurationError(`algorithms must be some of ${signingAlgorithms.join(', ')}; symmetric ones and none are not supported`)
  }
  return {
    issuer,
    audience: resolveAudience(audience),
    algorithms,
    profile,
    requiredClaims,
    now,
    checkHeader: (header: Parameters<typeof checkTokenType>[0]) => checkTokenType(header, profile),
    clockToleranceSeconds: checkNumber('clockToleranceSeconds', options.clockToleranceSeconds ?? 0, { min: 0, max: 300 }),
    maxTokenAgeSeconds: options.maxTokenAgeSeconds && checkNumber('maxTokenAgeSeconds', options.maxTokenAgeSeconds, { min: 1 }),
    maxTokenBytes: checkNumber('maxTokenBytes', options.maxTokenBytes ?? 16_384, { min: 1 }),
    keys: resolveKeySource(options),
  }
}

function resolveAudience(audience: JwtVerifierOptions['audience']): readonly string[] | null {
  if (audience === null) return null
  const audiences = typeof audience === 'string' ? [audience] : audience
  if (Array.isArray(audiences) && audiences.length > 0 && audiences.every((value) => typeof value === 'string' && value !== '')) {
    return [...audiences]
  }
  throw new ConfigurationError('audience must be what the tokens have in aud, a string or some; null leaves it unchecked')
}

function resolveKeySource({ keys, issuer, fetch, now }: JwtVerifierOptions): KeySource {
  const network = { ...(fetch !== undefined && { fetch }), ...(now !== undefined && { now }) }
  return keys === undefined ? createRemoteJwks({ issuer, ...network }) : resolveKeys(keys, network)
}
