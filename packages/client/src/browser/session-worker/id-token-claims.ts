import { parseJwtPart } from './base64url.js'

/** Who issues ID tokens to whom, and when it is. */
export interface IdTokenParties {
  readonly issuer: string
  readonly clientId: string
  /** With which the server says that it signs. Default `RS256`, as OpenID Connect has it. */
  readonly algorithms?: readonly string[] | undefined
}

/** The claims of an ID token that stand by themselves. */
export interface IdTokenClaims {
  readonly sub: string
  readonly [claim: string]: unknown
}

/**
 * How far the clock of the user may be off. `Date` cannot be read across origins; but an ID token comes straight from the server, over TLS, for this
 * attempt, and what the page counts on is what was received when.
 */
const clockToleranceSeconds = 900

/**
 * Reads the claims of an ID token, and checks those that are about it. Does *not* check the signature, nor by this clock whether it is of this time, nor
 * what belongs to an attempt to log in: its nonce, and how long ago the user has authenticated.
 *
 * @throws naming the first that is wrong, and not its value
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OpenID Connect Core §3.1.3.7}, RFC 7515 §4.1.11
 */
export function readIdTokenClaims(idToken: string, { issuer, clientId, algorithms = ['RS256'] }: IdTokenParties): IdTokenClaims {
  const { alg, crit } = parseJwtPart(idToken, 0)
  const claims = parseJwtPart(idToken, 1)
  const { iss, sub, aud, azp, exp, iat, nbf = 0, auth_time = 0 } = claims
  const audiences = [aud].flat()
  const checks = {
    alg: algorithms.includes(alg as string),
    crit: crit === undefined,
    iss: iss === issuer,
    sub: typeof sub === 'string',
    aud: audiences.includes(clientId),
    azp: audiences.length === 1 || azp === clientId,
    exp: typeof exp === 'number',
    iat: typeof iat === 'number',
    nbf: typeof nbf === 'number',
    auth_time: Number.isFinite(auth_time) && Number(auth_time) >= 0,
  }
  for (const [name, isGood] of Object.entries(checks)) if (!isGood) throw new Error(`The ID token has not the ${name} that it must have.`)
  return claims as IdTokenClaims
}

/** Whether it has not ended (`exp`), and has begun (`nbf`), by the clock of the user. */
export function isOfThisTime({ exp, nbf = 0 }: IdTokenClaims): boolean {
  const now = Date.now() / 1000
  return Number(exp) > now - clockToleranceSeconds && Number(nbf) <= now + clockToleranceSeconds
}
