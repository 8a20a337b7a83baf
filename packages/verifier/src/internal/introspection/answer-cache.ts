import { objectBytes } from '../object-bytes.js'
import type { KnownAnswer } from './answer.js'

/** Keeps answers. What goes wrong with it is no reason to refuse a token: then nothing is known, and the server is asked. */
export interface AnswerCache {
  /**
   * An answer that may be used now: the same object for as long as the same answer is kept. It comes at once where nothing is to be
   * waited for. Neither throws nor rejects.
   */
  read(key: string, token: string): KnownAnswer | undefined | Promise<KnownAnswer | undefined>
  /** What `read` gives, from a cache that never has anybody wait. */
  atHand?(key: string): KnownAnswer | undefined
  /** Keeps an answer for its time, from the call on; one without any takes away what is there. Never rejects. */
  keep(key: string, token: string, known: KnownAnswer): Promise<void>
  /** @throws rejects if it is not certain that none is kept any more */
  forget(key: string): Promise<void>
}

/** What a cache keeps in memory at most. */
export const memoryBounds = { maxEntries: 10_000, maxBytes: 33_554_432 }

/** The memory that an answer takes, by the length of its JSON, by what it is as objects, and by what is kept around it. */
export function estimatedBytes(characters: number, { answer: { statement }, verdict }: KnownAnswer): number {
  const verified = verdict === undefined || 'claims' in statement ? 0 : objectBytes(verdict.accessToken.claims)
  return 1024 + 4 * characters + objectBytes(statement) + verified
}

/** For an API that has every token asked about, every time. */
export const noAnswerCache: AnswerCache = {
  read: () => undefined,
  keep: () => Promise.resolve(),
  forget: () => Promise.resolve(),
}
