import type { AccessTokenFormat } from '../../access-token-format.js'
import { createExpiringMap } from '../expiring-map.js'
import { jsonBytes } from '../json-bytes.js'
import type { Grant } from './grant.js'

/** What the issuer remembers of an access token. */
export interface IssuedAccessToken {
  readonly format: AccessTokenFormat
  readonly claims: Readonly<Record<string, unknown>>
  readonly grant: Grant
  /** The signed token that belongs to it, which for the format `jwt` is the token itself; `undefined` for an opaque token without one. */
  readonly jwt?: string | undefined
  revoked: boolean
}

/** The access tokens that were issued and have not expired. Of a phantom or split token, what the client has and the JWT are one token. */
export interface IssuedAccessTokens {
  /** @param token what the client gets */
  add(token: string, issued: IssuedAccessToken): void
  /** The token if it was issued here, is within its time, neither it nor its grant was revoked, and its client was not removed. */
  findActive(token: string): IssuedAccessToken | undefined
  /** The token even if it was revoked. */
  find(token: string): IssuedAccessToken | undefined
}

export interface IssuedAccessTokensInput {
  now(): number
  /** Whether a client was removed, and its tokens with it. */
  wasRemoved(clientId: string): boolean
}

const maxTokens = 10_000
const maxBytes = 32_000_000

/**
 * Creates the memory of one issuer. Beyond 10,000 live tokens, or 32 MB of them, revoked ones are forgotten first, then the oldest of the
 * client that has most; they then count as unknown.
 */
export function createIssuedAccessTokens({ now, wasRemoved }: IssuedAccessTokensInput): IssuedAccessTokens {
  const create = () =>
    createExpiringMap<IssuedAccessToken>({
      now,
      maxEntries: maxTokens,
      maxBytes,
      bytesOf: ({ claims, jwt = '' }) => jsonBytes(claims) + jwt.length,
      ownerOf: ({ grant }) => grant.clientId,
      isSpent: ({ revoked, grant }) => revoked || grant.revoked || wasRemoved(grant.clientId),
    })
  const tokens = create()
  // Apart from the others, so that a second form takes none of their places.
  const jwts = create()
  const find = (token: string): IssuedAccessToken | undefined => tokens.get(token) ?? jwts.get(token)
  return {
    add(token, issued) {
      const expiresAtMs = secondsToMs(issued.claims['exp'])
      if (expiresAtMs === undefined) return
      tokens.set(token, issued, expiresAtMs)
      if (issued.jwt !== undefined && issued.jwt !== token) jwts.set(issued.jwt, issued, expiresAtMs)
    },
    find,
    findActive(token) {
      const issued = find(token)
      if (issued === undefined || issued.revoked || issued.grant.revoked || wasRemoved(issued.grant.clientId)) return undefined
      const notBeforeMs = secondsToMs(issued.claims['nbf'])
      return notBeforeMs !== undefined && notBeforeMs > now() ? undefined : issued
    },
  }
}

function secondsToMs(claim: unknown): number | undefined {
  return typeof claim === 'number' && Number.isFinite(claim) ? claim * 1000 : undefined
}
