import { createExpiringMap } from '../expiring-map.js'
import { jsonBytes } from '../json-bytes.js'
import { randomToken } from '../random-token.js'
import type { Confirmation } from './confirmation.js'
import type { UserGrant } from './grant.js'

/** A refresh token as the issuer remembers it. All tokens of one family share the grant. */
export interface RefreshToken {
  readonly grant: UserGrant
  /** The key that the client must prove to have when it uses the token. */
  readonly confirmation: Confirmation | undefined
  readonly issuedAtSeconds: number
  readonly expiresAtSeconds: number
  /** Whether it was exchanged for a newer one already. */
  rotated: boolean
}

/** The refresh tokens of one issuer, the rotated ones included: their reuse must be noticed. */
export interface RefreshTokens {
  issue(grant: UserGrant, confirmation?: Confirmation): string
  /** The token if it was issued here and its time is not over, whether or not it was rotated or revoked. */
  find(token: string): RefreshToken | undefined
}

export interface RefreshTokensInput {
  readonly refreshTokenTtlSeconds: number
  now(): number
}

const maxTokens = 10_000
const maxBytes = 32_000_000

/**
 * Creates the memory of one issuer. Beyond 10,000 live tokens, or 32 MB of what they were granted, rotated and revoked ones are forgotten
 * first, then the oldest of the client that has most. A forgotten token counts as unknown; the reuse of it ends nothing.
 */
export function createRefreshTokens({ now, refreshTokenTtlSeconds }: RefreshTokensInput): RefreshTokens {
  const tokens = createExpiringMap<RefreshToken>({
    now,
    maxEntries: maxTokens,
    maxBytes,
    bytesOf: ({ grant }) => jsonBytes([grant.scopes, grant.target]),
    ownerOf: ({ grant }) => grant.clientId,
    isSpent: ({ grant, rotated }) => rotated || grant.revoked,
  })
  return {
    issue(grant, confirmation) {
      const token = randomToken()
      const issuedAtSeconds = Math.floor(now() / 1000)
      const expiresAtSeconds = issuedAtSeconds + refreshTokenTtlSeconds
      tokens.set(token, { grant, confirmation, issuedAtSeconds, expiresAtSeconds, rotated: false }, expiresAtSeconds * 1000)
      return token
    },
    find: (token) => tokens.get(token),
  }
}
