import { createExpiringMap } from '../expiring-map.js'
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

export function createRefreshTokens({ now, refreshTokenTtlSeconds }: RefreshTokensInput): RefreshTokens {
  const tokens = createExpiringMap<RefreshToken>({ now, maxEntries: maxTokens })
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
