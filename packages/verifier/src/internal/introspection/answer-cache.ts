import { objectBytes } from '../object-bytes.js'
import type { KnownAnswer } from './answer.js'

/** Caches answers. A failure of the cache never refuses a token: it counts as a miss, and the server is asked. */
export interface AnswerCache {
  /**
   * A cached answer that may be used now: the same object for as long as the same answer is cached. Synchronous if nothing has
   * to be awaited. Never throws or rejects.
   */
  read(key: string, token: string): KnownAnswer | undefined | Promise<KnownAnswer | undefined>
  /** What `read` returns, from a cache that is always synchronous. */
  atHand?(key: string): KnownAnswer | undefined
  /** Caches an answer until it expires, effective immediately. One that is already over removes the cached one. Never rejects. */
  keep(key: string, token: string, known: KnownAnswer): Promise<void>
  /** @throws rejects unless it is certain that no answer is cached any more */
  forget(key: string): Promise<void>
}

/** The bounds of a cache in memory. */
export const memoryBounds = { maxEntries: 10_000, maxBytes: 33_554_432 }

/** The memory that an answer takes: its JSON text, its objects and the cache entry. */
export function estimatedBytes(characters: number, { answer: { statement }, verdict }: KnownAnswer): number {
  const verified = verdict === undefined || 'claims' in statement ? 0 : objectBytes(verdict.accessToken.claims)
  return 1024 + 4 * characters + objectBytes(statement) + verified
}

/** Caches nothing: the server is asked about each token, every time. */
export const noAnswerCache: AnswerCache = {
  read: () => undefined,
  keep: () => Promise.resolve(),
  forget: () => Promise.resolve(),
}
