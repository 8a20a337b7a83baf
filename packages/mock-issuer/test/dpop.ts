import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWK } from 'jose'
import { sha256Base64url } from '../src/internal/sha256.js'

/** The key of a client, and what it signs proofs with. */
export interface DpopKey {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
  readonly privateJwk: JWK
  readonly jkt: string
  /** A proof (RFC 9449 §4.2) that is good but for the changes; `undefined` leaves a member out. */
  proof(target: ProofTarget, changes?: ProofChanges): Promise<string>
}

export interface ProofTarget {
  readonly method?: string
  readonly url: string
  readonly accessToken?: string
  readonly nonce?: string
  /** In milliseconds since the epoch. Default: now. */
  readonly timeMs?: number
}

export interface ProofChanges {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
}

export async function createDpopKey(algorithm = 'ES256'): Promise<DpopKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  return {
    privateKey,
    publicJwk,
    privateJwk: await exportJWK(privateKey),
    jkt: await calculateJwkThumbprint(publicJwk),
    async proof({ method = 'POST', url, accessToken, nonce, timeMs = Date.now() }, { header = {}, claims = {} } = {}) {
      const ath = accessToken === undefined ? {} : { ath: await sha256Base64url(accessToken) }
      const iat = Math.floor(timeMs / 1000)
      const good = { jti: crypto.randomUUID(), htm: method, htu: url, iat, ...ath, ...(nonce === undefined ? {} : { nonce }) }
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ typ: 'dpop+jwt', alg: algorithm, jwk: publicJwk, ...header })
        .sign(privateKey, { crit: { x: true } })
    },
  }
}
