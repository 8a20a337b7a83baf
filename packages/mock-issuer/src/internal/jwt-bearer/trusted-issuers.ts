import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose'
import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { TrustedIssuer } from '../../trusted-issuer.js'
import { asymmetricAlgorithms } from '../dpop/asymmetric-algorithms.js'

/** The verified claims of a JWT with its `typ`, or why it is not taken. */
export type JwtVerification =
  | { readonly claims: JWTPayload; readonly type: string; readonly problem?: undefined }
  | { readonly problem: string }

/** The issuers whose JWTs are taken. */
export interface TrustedIssuers {
  readonly size: number
  /** The issuer that a token claims to come from, verified or not, if it is one of these. */
  has(issuer: string): boolean
  /** Verifies signature, `iss`, `exp` and `nbf`. Does not check `aud`, `typ`, `sub` and `jti`: they depend on the use. */
  verify(token: string, nowMs: number): Promise<JwtVerification>
}

/**
 * Reads the option.
 * @throws {MockIssuerError} `invalid_option`
 */
export function createTrustedIssuers(configured: readonly TrustedIssuer[] = []): TrustedIssuers {
  const keysOf = new Map<string, JWTVerifyGetKey>()
  for (const { issuer, jwks } of configured) {
    check(typeof issuer === 'string' && issuer !== '' && !keysOf.has(issuer), 'a list with an issuer of its own each')
    check(Array.isArray(jwks?.keys) && jwks.keys.length > 0 && jwks.keys.every(isPublicKey), `a list with public keys for ${issuer}`)
    keysOf.set(issuer, createLocalJWKSet(jwks))
  }
  return {
    size: keysOf.size,
    has: (issuer) => keysOf.has(issuer),
    async verify(token, nowMs) {
      const issuer = unverifiedIssuer(token)
      const keys = issuer === undefined ? undefined : keysOf.get(issuer)
      if (issuer === undefined || keys === undefined) return { problem: 'The JWT is of no issuer that is trusted here.' }
      return verifyJwt(token, keys, { issuer, nowMs })
    },
  }
}

/** Verifies a JWT of an issuer with its keys: the signature, `iss`, and the times, of which `exp` must be there. */
export async function verifyJwt(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, nowMs }: { issuer: string; nowMs: number },
): Promise<JwtVerification> {
  try {
    const verified = await jwtVerify(token, keys, {
      issuer,
      algorithms: [...asymmetricAlgorithms],
      currentDate: new Date(nowMs),
      requiredClaims: ['exp'],
    })
    return { claims: verified.payload, type: normalizeType(verified.protectedHeader.typ) }
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { problem: 'The JWT has expired.' }
    if (error instanceof errors.JOSEError) return { problem: 'The JWT is malformed, or its signature or one of its claims does not hold.' }
    throw error
  }
}

/** The `iss` that a JWT claims to have; nothing of it is verified. */
export function unverifiedIssuer(token: string): string | undefined {
  try {
    const { iss } = decodeJwt(token)
    return typeof iss === 'string' ? iss : undefined
  } catch {
    return undefined
  }
}

// RFC 7515 §4.1.9: the part before the slash may be left out, and media types have no case. Without a typ it is some JWT.
function normalizeType(typ: string | undefined): string {
  return (typ ?? 'JWT').toLowerCase().replace(/^application\//, '')
}

function isPublicKey(key: unknown): boolean {
  if (typeof key !== 'object' || key === null || 'd' in key || 'k' in key || !('kty' in key)) return false
  // 2048 bits are 256 bytes, and those are 342 characters of base64url (RFC 7518 §3.3).
  if (key.kty === 'RSA') return 'n' in key && typeof key.n === 'string' && key.n.length >= 342
  return key.kty === 'EC' || key.kty === 'OKP'
}

function check(condition: boolean, expected: string): void {
  if (!condition) throw new MockIssuerError('invalid_option', `The option "trustedIssuers" must be ${expected}.`)
}
