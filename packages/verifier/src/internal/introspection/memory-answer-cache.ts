import { BoundedMap } from '@bailiwick/protocol'
import { isUsable, type KnownAnswer } from './answer.js'
import { type AnswerCache, estimatedBytes, memoryBounds } from './answer-cache.js'

export interface MemoryAnswerCacheInput {
  readonly maxTtlMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Caches answers in the memory of this process; the least recently used is evicted. Refused tokens have a separate space, so
 * that many invented tokens cannot evict the answers on valid ones.
 */
export function createMemoryAnswerCache({ maxTtlMs, now }: MemoryAnswerCacheInput): AnswerCache {
  const accepted = new BoundedMap<KnownAnswer>(memoryBounds)
  const refused = new BoundedMap<KnownAnswer>(memoryBounds)

  return {
    read,
    atHand: read,
    async keep(key, _token, known) {
      remove(key)
      if (!(known.answer.until > now())) return
      const answers = known.verdict === undefined ? refused : accepted
      answers.set(key, known, estimatedBytes(JSON.stringify(known.answer.statement).length, known))
    },
    async forget(key) {
      remove(key)
    },
  }

  function read(key: string): KnownAnswer | undefined {
    const known = accepted.get(key) ?? refused.get(key)
    if (known === undefined || isUsable(known.answer, { time: now(), maxTtlMs })) return known
    remove(key)
    return undefined
  }

  function remove(key: string): void {
    accepted.delete(key)
    refused.delete(key)
  }
}
