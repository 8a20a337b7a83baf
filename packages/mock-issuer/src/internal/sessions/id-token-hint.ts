import { compactVerify, createLocalJWKSet, errors } from 'jose'
import { toJwks } from '../signing/signing-keys.js'
import type { SigningKeys } from '../signing/signing-keys.js'

/** What an ID token that was issued here says about whom it was issued to. */
export interface IdTokenHint {
  readonly sub: string
  readonly audiences: readonly string[]
  /** The `sid`, if it has one. */
  readonly sessionId: string | undefined
}

export interface IdTokenHintInput {
  readonly keys: SigningKeys
  issuerName(): string
}

/**
 * Reads an `id_token_hint`: an ID token that was signed with a key which is still published, and names this issuer. It may have expired:
 * it tells who is meant, and proves nothing (OpenID Connect RP-Initiated Logout 1.0 §2). Other JWTs of the issuer are refused by their `typ`.
 */
export async function verifyIdTokenHint(token: string, { keys, issuerName }: IdTokenHintInput): Promise<IdTokenHint | 'invalid'> {
  try {
    const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet(toJwks(await keys.published())))
    if (protectedHeader.typ !== undefined && protectedHeader.typ.toUpperCase() !== 'JWT') return 'invalid'
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload))
    return readClaims(claims, issuerName())
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) return 'invalid'
    throw error
  }
}

function readClaims(claims: unknown, issuer: string): IdTokenHint | 'invalid' {
  if (typeof claims !== 'object' || claims === null) return 'invalid'
  const { iss, sub, aud, sid }: { iss?: unknown; sub?: unknown; aud?: unknown; sid?: unknown } = claims
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud]
  if (iss !== issuer || typeof sub !== 'string' || !audiences.every((name) => typeof name === 'string')) return 'invalid'
  if (sid !== undefined && typeof sid !== 'string') return 'invalid'
  return { sub, audiences, sessionId: sid }
}
