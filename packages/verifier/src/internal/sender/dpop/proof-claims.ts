import { type Claims, claimOf } from '../../checks/claims.js'
import { parseJsonObject } from '../../json-object.js'
import { invalidProof } from './proof-error.js'

/** The claims of a proof, with checked types. */
export interface ProofClaims {
  readonly jti: string
  readonly htm: string
  readonly htu: string
  readonly iat: number
  readonly ath: string
  readonly nonce: string | undefined
}

/** The claims of a proof are flat; extensions may add nested ones. */
const maxClaimsDepth = 8
/** A UUID has 36. */
const maxJtiCharacters = 256

/**
 * Reads the claims that a proof for a protected resource must have, and `nonce` if present. Other claims are ignored.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.2 RFC 9449 §4.2}, and §4.3, item 3
 */
export function readProofClaims(encodedPayload: string): ProofClaims {
  const claims = parsePayload(encodedPayload)
  const jti = requiredString(claims, 'jti')
  if (jti === '' || jti.length > maxJtiCharacters) throw invalidProof(`its jti does not have 1 to ${maxJtiCharacters} characters`)
  return {
    jti,
    htm: requiredString(claims, 'htm'),
    htu: requiredString(claims, 'htu'),
    iat: requiredTime(claims, 'iat'),
    ath: requiredString(claims, 'ath'),
    nonce: claimOf(claims, 'nonce') === undefined ? undefined : requiredString(claims, 'nonce'),
  }
}

function parsePayload(encodedPayload: string): Claims {
  try {
    return parseJsonObject(encodedPayload, maxClaimsDepth, 'claims_malformed')
  } catch (cause) {
    throw invalidProof('its claims are no JSON object', cause)
  }
}

function requiredString(claims: Claims, name: string): string {
  const value = claimOf(claims, name)
  if (typeof value === 'string') return value
  throw invalidProof(value === undefined ? `it has no ${name}` : `its ${name} is not a string`)
}

function requiredTime(claims: Claims, name: string): number {
  const value = claimOf(claims, name)
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
  throw invalidProof(value === undefined ? `it has no ${name}` : `its ${name} is not a NumericDate`)
}
