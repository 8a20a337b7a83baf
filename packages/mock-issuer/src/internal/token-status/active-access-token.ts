import { compactVerify, createLocalJWKSet, errors } from 'jose'
import { toJwks } from '../signing/signing-keys.js'
import type { SigningKeys } from '../signing/signing-keys.js'
import type { IssuedAccessToken, IssuedAccessTokens } from '../tokens/issued-access-tokens.js'

export interface ActiveAccessTokenInput {
  readonly keys: SigningKeys
  readonly issued: IssuedAccessTokens
  issuerName(): string
  now(): number
}

// No issuer means a later time in seconds: it is one in milliseconds, or a mistake.
const maxYearsAhead = 10
const maxSecondsAhead = maxYearsAhead * 366 * 86_400

/**
 * The access token if it stands: it was issued here, has not expired, was not revoked, and if it is a JWT or has one, the key that signed
 * that is still published. Of a phantom or split token, both what the client has and the JWT are known. A test can mint what the issuer
 * would not: `iss` must be this issuer, `exp` a time within ten years, `iat` and `nbf`, where they are there, times too; and a JWT that is
 * an `at+jwt` by its `typ` must have every claim that RFC 9068 §2.2 requires, all of which RFC 7662 leaves open for other tokens. Does not
 * check the audience, which is for who is presented the token, nor what any other claim says.
 */
export async function findActiveAccessToken(token: string, input: ActiveAccessTokenInput): Promise<IssuedAccessToken | undefined> {
  const { keys, issued } = input
  const found = issued.findActive(token)
  if (found === undefined || !isOfThisIssuer(found, input)) return undefined
  if (found.jwt === undefined) return found
  try {
    const { protectedHeader } = await compactVerify(found.jwt, createLocalJWKSet(toJwks(await keys.published())))
    return isComplete(found, protectedHeader.typ) ? found : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

function isOfThisIssuer({ claims: { iss, exp, iat, nbf } }: IssuedAccessToken, { issuerName, now }: ActiveAccessTokenInput): boolean {
  const latestSeconds = now() / 1000 + maxSecondsAhead
  const isTime = (claim: unknown): boolean => typeof claim === 'number' && claim <= latestSeconds
  const isTimeIfThere = (claim: unknown): boolean => claim === undefined || isTime(claim)
  return iss === issuerName() && isTime(exp) && isTimeIfThere(iat) && isTimeIfThere(nbf)
}

const requiredClaims = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti']

function isComplete({ claims }: IssuedAccessToken, typ: string | undefined): boolean {
  const isAccessTokenJwt = /^(application\/)?at\+jwt$/i.test(typ ?? '')
  return !isAccessTokenJwt || requiredClaims.every((name) => claims[name] !== undefined && claims[name] !== null)
}
