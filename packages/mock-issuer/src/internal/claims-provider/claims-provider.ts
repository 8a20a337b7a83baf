import { reservedClaims } from '../../claims-provider.js'
import type { ClaimsProvider, ClaimsRequest } from '../../claims-provider.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import { parseScope } from '../scope.js'
import { withinTime } from '../within-time.js'

export interface ClaimsProviderInput {
  readonly claimsProvider: ClaimsProvider | undefined
  readonly claimsTimeoutMs: number
}

/** The claims of a token as they are so far. */
type Claims = Readonly<Record<string, unknown>>

const maxJsonLength = 65_536

/**
 * Asks the claims provider about a token that is being issued.
 *
 * @returns the claims to put over those that the token has: a copy, without the reserved ones
 * @throws {MockIssuerError} `claims_provider_failed`, with the provider's own error as its cause
 */
export async function askClaimsProvider(input: ClaimsProviderInput, claims: Claims, grantType?: string): Promise<Claims> {
  const { claimsProvider, claimsTimeoutMs } = input
  if (claimsProvider === undefined) return {}
  const request = claimsRequest(claims, grantType)
  try {
    const tooLate = () => new Error(`it did not answer within ${claimsTimeoutMs} ms`)
    return usableClaims(await withinTime(claimsTimeoutMs, () => claimsProvider(request), tooLate))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new MockIssuerError('claims_provider_failed', `The claims provider gave no claims for "${request.sub}": ${reason}.`, { cause })
  }
}

function claimsRequest(claims: Claims, grantType: string | undefined): ClaimsRequest {
  const { sub, client_id: clientId, scope, aud } = claims
  return {
    sub: String(sub),
    clientId: String(clientId),
    scopes: (typeof scope === 'string' && parseScope(scope)) || [],
    audience: (Array.isArray(aud) ? aud : [aud]).map(String),
    ...(grantType === undefined ? {} : { grantType }),
  }
}

function usableClaims(provided: unknown): Claims {
  if (provided === undefined) return {}
  if (!isObject(provided)) throw new TypeError('it returned something else than an object of claims')
  const json = JSON.stringify(provided)
  if (json.length > maxJsonLength) throw new RangeError(`it returned more than ${maxJsonLength} characters of JSON`)
  const copy: unknown = JSON.parse(json)
  if (!isObject(copy)) throw new TypeError('it returned something else than an object of claims')
  // JSON has no undefined, which here means that a claim is to be left out.
  const leftOut = Object.keys(provided).filter((claim) => provided[claim] === undefined)
  const claims = Object.entries({ ...Object.fromEntries(leftOut.map((claim) => [claim, undefined])), ...copy })
  return Object.fromEntries(claims.filter(([claim]) => !reservedClaims.includes(claim)))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
