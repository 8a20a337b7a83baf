import type { AccessTokenVerifier, VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from './access-token-error.js'
import { checkAudience } from './internal/checks/audience.js'
import { checkClaimTypes } from './internal/checks/claim-types.js'
import { checkConfirmation } from './internal/checks/confirmation.js'
import { checkIssuer } from './internal/checks/issuer.js'
import { checkLifetime } from './internal/checks/lifetime.js'
import { checkRequiredClaims } from './internal/checks/required-claims.js'
import { checkRfc9068Claims } from './internal/checks/rfc9068-claims.js'
import { checkTokenKind } from './internal/checks/token-kind.js'
import { checkTokenType } from './internal/checks/token-type.js'
import { deepFreeze } from './internal/deep-freeze.js'
import { parseJsonObject } from './internal/json-object.js'
import { resolveJwtVerifierOptions } from './internal/jwt-verifier-settings.js'
import { createKnownHeaders } from './internal/known-headers.js'
import { openCompactJws } from './internal/open-compact-jws.js'
import type { JwsHeader } from './jws-header.js'
import type { JwtVerifierOptions } from './jwt-verifier-options.js'

/** Verifies the JWT access tokens of one issuer; see `createJwtVerifier`. */
export interface JwtVerifier extends AccessTokenVerifier {
  /**
   * Resolves with a token that passed every check, frozen in depth.
   *
   * @throws {AccessTokenError} with any of its codes; nothing that a token holds makes it throw anything else
   */
  verify: AccessTokenVerifier['verify']
  readonly issuers: readonly [string]
}

/** What is nested deeper than this is not walked (RFC 8259 §9 lets a parser set a limit). */
const maxClaimsDepth = 32

/**
 * A verifier for the JWT access tokens of one issuer. Each token goes through the checks of RFC 9068 §4 and RFC 8725 §3 in this
 * order: size and form, `alg`, `crit`, `typ`, key, signature; then the types of the claims, `iss`, `aud`, `exp` / `nbf` / `iat`,
 * the kind of token, required claims, `cnf`. Members of the header that carry or point to a key (`jwk`, `jku`, `x5u`, `x5c`) are
 * ignored.
 *
 * What is *not* checked: scopes and other claims (`guard` does), revocation before `exp`, and the sender of a bound token: a token
 * with `cnf` is refused, and so is one that is presented under another scheme than `Bearer`. Of duplicate members in the JSON the
 * last one counts (RFC 7519 §4). Encrypted tokens are not supported.
 *
 * @throws {ConfigurationError} for an option that cannot work
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-4 RFC 9068 §4}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3 RFC 8725 §3}
 * @example
 * import { createJwtVerifier } from '@bailiwick/verifier'
 *
 * const verifier = createJwtVerifier({ issuer: 'https://login.example.com', audience: 'orders-api' })
 * const { claims } = await verifier.verify('eyJhbGciOiJFUzI1NiIs…')
 */
export function createJwtVerifier(options: JwtVerifierOptions): JwtVerifier {
  const { issuer, audience, profile, requiredClaims, now, ...settings } = resolveJwtVerifierOptions(options)
  const jws = { ...settings, knownHeaders: createKnownHeaders(), checkHeader: (header: JwsHeader) => checkTokenType(header, profile) }

  async function verify(...[token, presentation]: Parameters<AccessTokenVerifier['verify']>): Promise<VerifiedAccessToken> {
    if (presentation && presentation.scheme !== 'Bearer') throw new AccessTokenError('scheme_unsupported')
    const { header, payload } = await openCompactJws(token, jws)
    const claims = parseJsonObject(payload, maxClaimsDepth, 'claims_malformed')
    checkClaimTypes(claims)
    checkIssuer(claims, issuer)
    checkAudience(claims, audience)
    const expiresAt = checkLifetime(claims, now() / 1000, settings)
    checkTokenKind(header, claims)
    if (profile === 'rfc9068') checkRfc9068Claims(claims)
    checkRequiredClaims(claims, requiredClaims)
    checkConfirmation(claims)
    return Object.freeze({ issuer, expiresAt, claims: deepFreeze(claims) })
  }

  return { verify, issuers: Object.freeze([issuer] as const) }
}
