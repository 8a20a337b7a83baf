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
  /** With so many answers on their way, or writes that do not end, nothing more is kept. */
  readonly maxRunning?: number | undefined
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** An entry of a store that is larger is none of ours: responses are bounded, too. */
const maxCharacters = 1_048_576

/** A write that the store has not ended. */
interface Write {
  readonly ended: Promise<void>
  /** When the time is over of what it writes. */
  readonly until: number
  /** The delete that waits for it, if one does: it does what all are for that come meanwhile. */
  removal?: Promise<boolean>
}

/** Keeps answers, sealed, in a store that others may use as well, which may fail, be slow, or hold anything. */
export function createStoredAnswerCache(input: StoredAnswerCacheInput): AnswerCache {
  const { keys, store, storeTimeoutMs, maxTtlMs, clockToleranceSeconds, maxRunning = 10_000, now } = input
  /** What became of the texts in the store, so that none is opened twice. */
  const opened = new BoundedMap<{ readonly text: string; readonly known: KnownAnswer }>(memoryBounds)
  /** What is on its way to the store. */
  const leaving = new Map<string, KnownAnswer>()
  /** The writes that the store has not ended, whether or not anybody still waits for them: one at most for each key. */
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

  /** One of the future would be newer than anything that is said of the token from now on. */
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
      // What is there may be what this was to replace.
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
    // It may have been forgotten again, or replaced.
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

  /** A write that may never end undoes nothing once the time is over of what it writes. */
  function writeUnderWay(key: string): Write | undefined {
    const entry = running.get(key)
    return entry === undefined || isOver(entry.until) ? undefined : entry
  }

  /** For all who share the store. */
  function isOver(until: number): boolean {
    return until + clockToleranceSeconds * 1000 <= now()
  }

  /**
   * Workers cut off what is under way with the request that began it, which then never leaves its place. An answer on its way that is as
   * old as one can be has none in the store that it is to replace. The oldest come first.
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

  /** After a write that is under way, which would undo it, however long that takes; nobody waits as long as that. */
  async function remove(key: string): Promise<void> {
    opened.delete(key)
    const writing = writeUnderWay(key)
    await inTime(writing === undefined ? store.delete(key) : (writing.removal ??= writing.ended.then(() => store.delete(key))))
  }

  /** What says that a token is not active has nothing that need be the same object, and anybody can have it said of many. */
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
