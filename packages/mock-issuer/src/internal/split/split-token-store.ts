import type { PublishedSplitToken } from '../../split-token.js'
import { createExpiringMap } from '../expiring-map.js'

/** The split tokens that were published and have not expired, by their hash. */
export interface SplitTokenStore {
  add(published: PublishedSplitToken, expiresAtMs: number): void
  find(hash: string): PublishedSplitToken | undefined
}

const maxTokens = 10_000
const maxBytes = 32_000_000

/** Creates the list of one issuer; beyond 10,000 tokens, or 32 MB, the oldest are forgotten. */
export function createSplitTokenStore({ now }: { now: () => number }): SplitTokenStore {
  const tokens = createExpiringMap<PublishedSplitToken>({
    now,
    maxEntries: maxTokens,
    maxBytes,
    bytesOf: ({ headerAndPayload }) => headerAndPayload.length,
  })
  return {
    add: (published, expiresAtMs) => tokens.set(published.hash, published, expiresAtMs),
    find: (hash) => tokens.get(hash),
  }
}
