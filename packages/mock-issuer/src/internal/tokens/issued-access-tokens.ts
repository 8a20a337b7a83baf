import { createExpiringMap } from '../expiring-map.js'
import type { Grant } from './grant.js'

/** What the issuer remembers of an access token. */
export interface IssuedAccessToken {
  readonly format: 'jwt' | 'opaque'
  readonly claims: Readonly<Record<string, unknown>>
  readonly grant: Grant
  revoked: boolean
}

/** The access tokens that were issued and have not expired. */
export interface IssuedAccessTokens {
  add(token: string, issued: IssuedAccessToken): void
  /** The token if it was issued here, is within its time, and neither it nor its grant was revoked. */
  findActive(token: string): IssuedAccessToken | undefined
  /** The token even if it was revoked. */
  find(token: string): IssuedAccessToken | undefined
}

const maxTokens = 10_000

/** Creates the memory of one issuer; beyond 10,000 live tokens the oldest are forgotten, and then count as unknown. */
export function createIssuedAccessTokens({ now }: { now: () => number }): IssuedAccessTokens {
  const tokens = createExpiringMap<IssuedAccessToken>({ now, maxEntries: maxTokens })
  return {
    add(token, issued) {
      const expiresAtMs = secondsToMs(issued.claims['exp'])
      if (expiresAtMs !== undefined) tokens.set(token, issued, expiresAtMs)
    },
    find: (token) => tokens.get(token),
    findActive(token) {
      const issued = tokens.get(token)
      if (issued === undefined || issued.revoked || issued.grant.revoked) return undefined
      const notBeforeMs = secondsToMs(issued.claims['nbf'])
      return notBeforeMs !== undefined && notBeforeMs > now() ? undefined : issued
    },
  }
}

function secondsToMs(claim: unknown): number | undefined {
  return typeof claim === 'number' && Number.isFinite(claim) ? claim * 1000 : undefined
}
