import { createExpiringMap } from '../expiring-map.js'
import { jsonBytes } from '../json-bytes.js'
import { randomToken } from '../random-token.js'
import type { UserGrant } from '../tokens/grant.js'
import type { CodeChallenge } from './pkce.js'

/** What a code stands for, and what the token request that redeems it must match. */
export interface AuthorizationCode {
  readonly grant: UserGrant
  readonly redirectUri: string
  /** `undefined` under the laxity `pkce-optional` alone. */
  readonly codeChallenge: CodeChallenge | undefined
  readonly nonce: string | undefined
  /** The thumbprint of the DPoP key that the code is bound to (RFC 9449 §10). */
  readonly dpopJkt: string | undefined
}

/** The codes of one issuer. */
export interface AuthorizationCodes {
  /** Makes a code that can be redeemed once within 60 seconds. */
  issue(code: AuthorizationCode): string
  /** What the code stands for. A code that was redeemed before gives `redeemed`, even when its time is over. */
  find(code: string): { readonly code: AuthorizationCode; readonly redeemed: boolean } | undefined
  /** Marks the code as redeemed. */
  redeem(code: string): void
}

export interface AuthorizationCodesInput {
  /** A redeemed code is remembered for as long as what it gave could live: its reuse must still end that. */
  readonly refreshTokenTtlSeconds: number
  now(): number
}

const ttlMs = 60_000
const maxCodes = 10_000
const maxBytes = 32_000_000

export function createAuthorizationCodes({ now, refreshTokenTtlSeconds }: AuthorizationCodesInput): AuthorizationCodes {
  const create = () =>
    createExpiringMap<AuthorizationCode>({
      now,
      maxEntries: maxCodes,
      maxBytes,
      bytesOf: ({ grant, redirectUri, nonce = '' }) => jsonBytes([grant.scopes, grant.target]) + redirectUri.length + nonce.length,
      ownerOf: ({ grant }) => grant.clientId,
      isSpent: ({ grant }) => grant.revoked,
    })
  const fresh = create()
  const redeemed = create()
  return {
    issue(code) {
      const value = randomToken()
      fresh.set(value, code, now() + ttlMs)
      return value
    },
    find(value) {
      const code = fresh.get(value)
      if (code !== undefined) return { code, redeemed: false }
      const old = redeemed.get(value)
      return old && { code: old, redeemed: true }
    },
    redeem(value) {
      const code = fresh.get(value)
      if (code === undefined) return
      fresh.delete(value)
      redeemed.set(value, code, now() + refreshTokenTtlSeconds * 1000)
    },
  }
}
