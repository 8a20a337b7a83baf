import { BoundedMap, type Store } from '@bailiwick/protocol'
import { withinTime } from '../within-time.js'
import { type Answer, isUsable, type KnownAnswer } from './answer.js'
import { type AnswerCache, estimatedBytes, memoryBounds } from './answer-cache.js'
import type { AnswerKeys } from './answer-keys.js'
import { openAnswer, sealAnswer } from './sealed-answer.js'

export interface StoredAnswerCacheInput {
  readonly keys: AnswerKeys
  readonly store: Pick<Store, 'get' | 'set' | 'delete'>
  readonly storeTimeoutMs: number
  readonly maxTtlMs: number
  /** How far the clock of another instance may be ahead. */
  readonly clockToleranceSeconds: number
  /** With this many pending answers, or writes that do not end, nothing more is cached. */
  readonly maxRunning?: number | undefined
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A larger entry is not ours: responses are bounded too. */
const maxCharacters = 1_048_576

/** A write that the store has not completed. */
interface Write {
  readonly ended: Promise<void>
  /** When the answer that it writes expires. */
  readonly until: number
  /** The pending delete that waits for it. Further deletes share it. */
  removal?: Promise<boolean>
}

/** Caches answers, encrypted, in a store that others may use too, and that may fail, be slow or hold anything. */
export function createStoredAnswerCache(input: StoredAnswerCacheInput): AnswerCache {
  const { keys, store, storeTimeoutMs, maxTtlMs, clockToleranceSeconds, maxRunning = 10_000, now } = input
  /** The decrypted entries of the store, so that none is decrypted twice. */
  const opened = new BoundedMap<{ readonly text: string; readonly known: KnownAnswer }>(memoryBounds)
  /** Answers on their way to the store. */
  const leaving = new Map<string, KnownAnswer>()
  /** Writes that the store has not completed, whether or not anybody still waits. At most one per key. */
  const running = new Map<string, Write>()

  return { read, keep, forget }

  async function read(key: string, token: string): Promise<KnownAnswer | undefined> {
    const known = leaving.get(key) ?? (await readStored(key, token))
    return known !== undefined && isUsable(known.answer, { time: now(), maxTtlMs }) ? known : undefined
  }

  async function readStored(key: string, token: string): Promise<KnownAnswer | undefined> {
    const text = await readText(key)
    const held = opened.get(key)
    if (held !== undefined && held.text === text) return held.known
    if (held !== undefined) opened.delete(key)
    if (typeof text !== 'string' || text.length > maxCharacters) return undefined
    const answer = await openAnswer(text, await keys.sealKeyOf(token))
    return answer && isOfPast(answer) ? hold(key, text, { answer, verdict: undefined }) : undefined
  }

  /** An answer from the future would count as newer than everything said about the token from now on. */
  function isOfPast({ askedAt }: Answer): boolean {
    return askedAt <= now() + clockToleranceSeconds * 1000
  }

  async function keep(key: string, token: string, known: KnownAnswer): Promise<void> {
    dropOver()
    if (leaving.size >= maxRunning && !leaving.has(key)) return void remove(key).catch(ignore)
    leaving.set(key, known)
    try {
      await write(key, token, known)
    } catch {
      // The stored entry may be the one that this was to replace.
      remove(key).catch(ignore)
    } finally {
      if (leaving.get(key) === known) leaving.delete(key)
    }
  }

  async function write(key: string, token: string, known: KnownAnswer): Promise<void> {
    if (!(known.answer.until > now())) return remove(key)
    const writing = writeUnderWay(key)
    if (writing !== undefined) await inTime(writing.ended)
    const text = await sealAnswer(known.answer, await keys.sealKeyOf(token))
    const ttlMs = known.answer.until - now()
    // It may have been deleted or replaced meanwhile.
    if (leaving.get(key) !== known || !(ttlMs > 0)) return undefined
    if (running.size >= maxRunning) throw new Error('the store does not end its writes')
    opened.delete(key)
    hold(key, text, known)
    return inTime(run(key, store.set(key, text, { ttlMs }), known.answer.until))
  }

  function run(key: string, writing: Promise<void>, until: number): Promise<void> {
    const end = () => {
      if (running.get(key) === entry) running.delete(key)
    }
    const entry: Write = { ended: Promise.resolve(writing).then(end, end), until }
    running.delete(key)
    running.set(key, entry)
    return writing
  }

  /** A write that may never end does no harm once its answer has expired. */
  function writeUnderWay(key: string): Write | undefined {
    const entry = running.get(key)
    return entry === undefined || isOver(entry.until) ? undefined : entry
  }

  /** For all who share the store. */
  function isOver(until: number): boolean {
    return until + clockToleranceSeconds * 1000 <= now()
  }

  /**
   * Workers cut off pending work with the request that began it, and it never releases its place. A pending answer older than
   * `maxTtlMs` has nothing left in the store to replace. The oldest come first.
   */
  function dropOver(): void {
    for (const [key, { answer }] of leaving) {
      if (!isOver(answer.askedAt + maxTtlMs)) break
      leaving.delete(key)
    }
    for (const [key, { until }] of running) {
      if (!isOver(until)) break
      running.delete(key)
    }
  }

  async function forget(key: string): Promise<void> {
    leaving.delete(key)
    await remove(key)
  }

  /** After a pending write, which would undo the delete, however long it takes. No caller waits that long. */
  async function remove(key: string): Promise<void> {
    opened.delete(key)
    const writing = writeUnderWay(key)
    await inTime(writing === undefined ? store.delete(key) : (writing.removal ??= writing.ended.then(() => store.delete(key))))
  }

  /** Inactive answers are not held: nobody needs the same object, and anybody can cause many of them. */
  function hold(key: string, text: string, known: KnownAnswer): KnownAnswer {
    if (known.answer.statement.active) opened.set(key, { text, known }, estimatedBytes(text.length, known))
    return known
  }

  async function readText(key: string): Promise<string | undefined> {
    try {
      return await inTime(store.get(key))
    } catch {
      return undefined
    }
  }

  function inTime<T>(answer: PromiseLike<T>): Promise<T> {
    return withinTime(Promise.resolve(answer), {
      timeoutMs: storeTimeoutMs,
      onTimeout: () => new Error(`the store took longer than ${storeTimeoutMs} ms`),
    })
  }
}

/** Nobody waits for it. */
function ignore(): void {}
