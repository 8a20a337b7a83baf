import { BoundedMap, createMemoryStore, type Store } from '@bailiwick/protocol'
import type { Verdict } from '../verdict-cache.js'
import { withinTime } from '../within-time.js'
import type { Answer } from './answer.js'
import type { AnswerKeys } from './answer-keys.js'
import { openAnswer, sealAnswer } from './sealed-answer.js'

/** An answer, and what came of holding it against what the API demands, if anything has. */
export interface KnownAnswer {
  readonly answer: Answer
  verdict: Verdict | undefined
}

/** Keeps answers. What goes wrong with the store is no reason to refuse a token: then nothing is known, and the server is asked. */
export interface AnswerCache {
  /** An answer that may be used now. It is the same object for as long as the store holds the same text. Never rejects. */
  read(key: string, token: string): Promise<KnownAnswer | undefined>
  /** Keeps an answer for its time, from now on whatever the store takes; one without any takes away what is there. Never rejects. */
  keep(key: string, token: string, known: KnownAnswer): Promise<void>
  /** @throws rejects if it is not certain that the store has none any more */
  forget(key: string): Promise<void>
}

export interface AnswerCacheInput {
  readonly keys: AnswerKeys
  /** Default: the memory of this process. */
  readonly store: Pick<Store, 'get' | 'set' | 'delete'> | undefined
  readonly storeTimeoutMs: number
  readonly maxTtlMs: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

const bounds = { maxEntries: 10_000, maxBytes: 33_554_432 }
/** An entry of a foreign store that is larger is none of ours: responses are bounded, too. */
const maxCharacters = 1_048_576

export function createAnswerCache({ keys, store: shared, storeTimeoutMs, maxTtlMs, now }: AnswerCacheInput): AnswerCache {
  const store = shared ?? createMemoryStore({ ...bounds, now })
  /** What became of the texts in the store, so that none is opened twice. */
  const opened = new BoundedMap<{ readonly text: string; readonly known: KnownAnswer }>(bounds)

  /** What is on its way to the store. */
  const leaving = new Map<string, KnownAnswer>()

  return { read, keep, forget }

  async function read(key: string, token: string): Promise<KnownAnswer | undefined> {
    const known = leaving.get(key) ?? (await readStored(key, token))
    return known !== undefined && isUsable(known.answer) ? known : undefined
  }

  async function readStored(key: string, token: string): Promise<KnownAnswer | undefined> {
    const text = await readText(key)
    const held = opened.get(key)
    if (held !== undefined && held.text === text) return held.known
    if (held !== undefined) opened.delete(key)
    if (typeof text !== 'string' || text.length > maxCharacters) return undefined
    const answer = await openAnswer(text, await keys.sealKeyOf(token))
    return answer && hold(key, text, { answer, verdict: undefined })
  }

  async function keep(key: string, token: string, known: KnownAnswer): Promise<void> {
    leaving.set(key, known)
    try {
      await write(key, token, known)
    } catch {
      opened.delete(key)
    } finally {
      if (leaving.get(key) === known) leaving.delete(key)
    }
  }

  async function write(key: string, token: string, known: KnownAnswer): Promise<void> {
    if (!(known.answer.until > now())) return forget(key)
    const text = await sealAnswer(known.answer, await keys.sealKeyOf(token))
    const ttlMs = known.answer.until - now()
    // It may have been forgotten again, or replaced.
    if (leaving.get(key) !== known || !(ttlMs > 0)) return undefined
    hold(key, text, known)
    return inTime(store.set(key, text, { ttlMs }))
  }

  async function forget(key: string): Promise<void> {
    leaving.delete(key)
    opened.delete(key)
    await inTime(store.delete(key))
  }

  function hold(key: string, text: string, known: KnownAnswer): KnownAnswer {
    opened.set(key, { text, known }, 1024 + 4 * text.length)
    return known
  }

  /** Neither beyond its time nor longer than any answer may be used: the clock of who wrote it, or ours, may be off. */
  function isUsable({ askedAt, until }: Answer): boolean {
    const left = until - now()
    return left > 0 && left <= maxTtlMs && until - askedAt <= maxTtlMs
  }

  async function readText(key: string): Promise<string | undefined> {
    try {
      return await inTime(store.get(key))
    } catch {
      return undefined
    }
  }

  /** The memory of this process does not keep anybody waiting. */
  function inTime<T>(answer: Promise<T>): Promise<T> {
    if (shared === undefined) return answer
    return withinTime(Promise.resolve(answer), {
      timeoutMs: storeTimeoutMs,
      onTimeout: () => new Error(`the store took longer than ${storeTimeoutMs} ms`),
    })
  }
}

/** For an API that has every token asked about, every time. */
export const noAnswerCache: AnswerCache = {
  read: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
  forget: () => Promise.resolve(),
}
