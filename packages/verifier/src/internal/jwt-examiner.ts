import { isThenable, type VerifiedAccessToken } from '@bailiwick/protocol'
import type { SigningAlgorithm } from '../algorithms.js'
import type { JwsHeader } from '../jws-header.js'
import type { KeyHint, KeySource, VerificationKey } from '../key-source.js'
import type { TokenProfile } from '../token-profile.js'
import { checkAudience } from './checks/audience.js'
import { checkClaimTypes } from './checks/claim-types.js'
import { issued } from './checks/claims.js'
import { checkContentType } from './checks/content-type.js'
import { checkIssuer } from './checks/issuer.js'
import { checkTimes, type LifetimeLimits, readTimes, type TokenTimes } from './checks/lifetime.js'
import { checkRequiredClaims } from './checks/required-claims.js'
import { checkRfc9068Claims } from './checks/rfc9068-claims.js'
import { checkTokenKind } from './checks/token-kind.js'
import { checkTokenType } from './checks/token-type.js'
import { deepFreeze } from './deep-freeze.js'
import { createKnownHeaders } from './known-headers.js'
import { isSameKey } from './find-signer.js'
import { openCompactJws, type OpenedJws, type SignedHeader } from './open-compact-jws.js'
import { parseClaims } from './parse-claims.js'
import type { TokenVerdict } from './verdict-cache.js'

/** The rules for the tokens of one issuer. */
export interface JwtRules extends LifetimeLimits {
  readonly issuer: string
  readonly audience: readonly string[] | null
  readonly algorithms: readonly SigningAlgorithm[]
  readonly keys: KeySource
  readonly profile: TokenProfile
  readonly requiredClaims: readonly string[]
  readonly maxTokenBytes: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Verifies the JWT access tokens of one issuer, whoever presents them.
 *
 * @throws {AccessTokenError} from the returned function
 */
export function createJwtExaminer(rules: JwtRules): (token: string) => JwtVerdict | Promise<JwtVerdict> {
  const { issuer, audience, profile, requiredClaims, now } = rules
  const jws = { ...rules, knownHeaders: createKnownHeaders<SignedHeader>(), checkHeader }

  return (token) => {
    const opened = openCompactJws(token, jws)
    return isThenable(opened) ? opened.then((ready) => checkClaims(token, ready)) : checkClaims(token, opened)
  }

  function checkHeader(header: JwsHeader): void {
    checkTokenType(header, profile)
    checkContentType(header)
  }

  function checkClaims(token: string, { header, encodedPayload, key, hint }: OpenedJws): JwtVerdict {
    const claims = parseClaims(encodedPayload)
    checkClaimTypes(claims)
    checkIssuer(claims, issuer)
    checkAudience(claims, audience)
    const times = readTimes(claims)
    const expiresAt = checkTimes(times, now() / 1000, rules)
    checkTokenKind(header, claims)
    if (profile === 'rfc9068') checkRfc9068Claims(claims)
    checkRequiredClaims(claims, requiredClaims)
    const accessToken = Object.freeze({ issuer, expiresAt, claims: deepFreeze(claims) })
    return new JwtVerdict({ token, accessToken, times, rules, hint, key })
  }
}

/** A token that passed, and the rules that it passed by. */
export interface JwtVerdictInput {
  readonly token: string
  readonly accessToken: VerifiedAccessToken
  readonly times: TokenTimes
  readonly rules: JwtRules
  readonly hint: KeyHint
  readonly key: VerificationKey
}

/** Valid until the token expires, and while the issuer publishes the key that signed it. */
export class JwtVerdict implements TokenVerdict, TokenTimes {
  readonly token: string
  readonly accessToken: VerifiedAccessToken
  readonly confirmation: unknown
  readonly exp: number | undefined
  readonly nbf: number | undefined
  readonly iat: number | undefined
  readonly #rules: JwtRules
  readonly #hint: KeyHint
  #key: VerificationKey

  constructor({ token, accessToken, times, rules, hint, key }: JwtVerdictInput) {
    this.token = token
    this.accessToken = accessToken
    this.confirmation = issued(accessToken.claims, 'cnf', accessToken.claims.cnf)
    this.exp = times.exp
    this.nbf = times.nbf
    this.iat = times.iat
    this.#rules = rules
    this.#hint = hint
    this.#key = key
  }

  stands(): boolean | Promise<boolean> {
    try {
      const keys = this.#rules.keys.keysFor(this.#hint)
      if (Array.isArray(keys)) return this.#isSignedByOneOf(keys) && this.#lasts()
      return Promise.resolve(keys)
        .then((later) => this.#isSignedByOneOf(later) && this.#lasts())
        .catch(() => false)
    } catch {
      return false
    }
  }

  /** @throws {AccessTokenError} when the token has expired, or is not valid by its other times */
  #lasts(): true {
    checkTimes(this, this.#rules.now() / 1000, this.#rules)
    return true
  }

  /** After a refetch, the same keys are new objects. */
  #isSignedByOneOf(keys: readonly VerificationKey[]): boolean {
    if (keys.includes(this.#key)) return true
    const same = keys.find((key) => key.algorithms.includes(this.#hint.alg) && isSameKey(key, this.#key))
    if (same === undefined) return false
    this.#key = same
    return true
  }
}
