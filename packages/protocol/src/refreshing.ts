import { NotAvailableError } from './not-available-error.js'
import type { Loaded, RefreshingOptions } from './refreshing-options.js'

/** What can be known of a refreshing value at a moment; times are milliseconds since the epoch. */
export interface RefreshingState {
  loadedAt: number | undefined
  freshUntil: number | undefined
  usableUntil: number | undefined
  /** When the next load is due (a healthy value) or allowed (after failures). */
  nextLoadAt: number
  /** Failures in a row; 0 when the last load succeeded. */
  failures: number
  lastError: unknown
  loading: boolean
}

/** A value that is kept fresh; see `createRefreshing`. */
export interface Refreshing<T> {
  /**
   * The value: at once while it is fresh, after a load when it is not. A refresh that is merely due runs in the background,
   * and so do the retries of an outage while the old value is still usable.
   *
   * @throws {NotAvailableError} when nothing is usable
   */
  get(): T | Promise<T>
  /**
   * The value from a load that began after `since`: for a caller that has reason to believe that the value has
   * changed. Loads are shared by all callers and at least `minIntervalMs` apart; the caller waits for its turn.
   *
   * @throws {NotAvailableError} when the load fails, or the source has been failing and is not to be asked yet
   */
  getSince(since: number): Promise<T>
  /** The value as it is held, whatever its age: to look at, not to use. */
  peek(): T | undefined
  /** When the load of the present value began. */
  currentSince(): number | undefined
  state(): RefreshingState
}

interface Held<T> {
  value: T
  startedAt: number
  loadedAt: number
  refreshAt: number
  freshUntil: number
  usableUntil: number
}

interface Attempt<T> {
  promise: Promise<T>
  startedAt: number
}

/**
 * Keeps one value that is loaded from elsewhere.
 *
 * - Concurrent callers share one load, and loads begin at least `minIntervalMs` apart.
 * - At 70 to 90 % of its time (at random, so that many processes do not ask at once) the value is refreshed in the background.
 * - When its time is over the value is loaded again before it is used. If that fails it is used on, for `staleIfErrorMs`, while
 *   retries run in the background after pauses that double from `minIntervalMs` to `maxBackoffMs`, each up to half as long again.
 *   Whoever comes when such a retry is long overdue, because nobody asked, waits for it first.
 * - Whoever asks for a newer value is let through ten times `minIntervalMs` after a failure at the latest, and half as long again.
 * - When nothing usable is left, callers are refused at once during a pause, and share the next load after it.
 * - A clock that jumps forward makes the value older; one that is set back makes it due, and does not lengthen its life.
 *
 * What is *not* done here: bounding the load in time. A load that never settles is given up after `abandonAfterMs`, but those
 * who wait for it wait on. On a platform that ends a load together with the request that began it (Workers), a refresh in the
 * background comes to nothing unless that request lasts; then whoever comes when the time of the value is over waits for it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5861#section-4 RFC 5861 §4} (stale-if-error)
 */
export function createRefreshing<T>(options: RefreshingOptions<T>): Refreshing<T> {
  const { load, now, sleep, random, minIntervalMs, maxBackoffMs, abandonAfterMs } = options
  let held = options.seed && hold(options.seed.value, options.seed.loadedAt, options.seed.loadedAt, options.seed.expiresAt)
  let inFlight: Attempt<T> | undefined
  let nextTurn: Promise<T> | undefined
  let failures = 0
  let lastError: unknown
  let allowedAt = 0
  /** As `allowedAt`, for those who ask for a newer value: a long outage must not keep them out long after its end. */
  let turnAllowedAt = 0
  /** When the retry after the last failure is due; unlike `allowedAt`, starting that retry does not move it. */
  let retryAt = 0
  let nextTurnSince = 0

  return { get, getSince, peek: () => held?.value, currentSince: () => held?.startedAt, state }

  function get(): T | Promise<T> {
    const time = now()
    const present = heldAt(time)
    if (present === undefined) return loadOrRefuse(time)
    const { value, refreshAt, freshUntil, usableUntil } = present
    if (time < refreshAt) return value
    // A failure of long ago, after which nobody asked, says little of now: the value is not used stale before a retry.
    const isFailing = failures > 0 && time - retryAt < maxBackoffMs
    if (time < freshUntil || (isFailing && time < usableUntil)) {
      if (liveLoad(time) === undefined && pauseLeft(time) === 0) startLoad(time).catch(ignore)
      return value
    }
    if (time >= usableUntil) return loadOrRefuse(time)
    return startLoad(time).catch((error: unknown) => {
      if (now() < usableUntil) return value
      throw error
    })
  }

  function getSince(since: number): Promise<T> {
    const time = now()
    const present = heldAt(time)
    if (present !== undefined && present.startedAt > since) return Promise.resolve(present.value)
    const current = liveLoad(time)
    if (current !== undefined && current.startedAt > since) return join(current)
    // A turn that waits for a load which will never settle is not waited for.
    if (nextTurn === undefined || Math.abs(time - nextTurnSince) >= abandonAfterMs + 2 * maxBackoffMs) {
      nextTurnSince = time
      nextTurn = takeTurn()
      return nextTurn
    }
    const turn = nextTurn
    return turn.catch((error: unknown) => {
      if (error instanceof NotAvailableError) throw error
      if (nextTurn === turn) nextTurn = undefined
      return getSince(since)
    })
  }

  /** Whoever asks from the moment on at which the load begins gets another turn: this load may not see what they know of. */
  async function takeTurn(): Promise<T> {
    await untilAllowed().finally(() => (nextTurn = undefined))
    return startLoad(now())
  }

  async function untilAllowed(): Promise<void> {
    let sleptUntil: number | undefined
    for (;;) {
      const current = liveLoad(now())
      const pause = pauseLeft(now(), turnAllowedAt)
      if (current !== undefined) await current.promise.catch((error: unknown) => forgetIfCutOff(current, error))
      else if (pause === 0) return
      else if (failures > 0) throw new NotAvailableError(pause, lastError)
      // Having slept is enough: a clock that stands still (in a test) would otherwise keep everybody waiting for ever.
      else if (sleptUntil === turnAllowedAt) return
      else {
        sleptUntil = turnAllowedAt
        await sleep(pause)
      }
    }
  }

  function loadOrRefuse(time: number): Promise<T> {
    if (liveLoad(time) === undefined && failures > 0 && pauseLeft(time) > 0) return Promise.reject(notAvailable(time))
    return startLoad(time)
  }

  function startLoad(time: number): Promise<T> {
    const current = liveLoad(time)
    if (current !== undefined) return join(current)
    const settle = (settled: () => void) => {
      // The answer of a load that was given up on may be older than what has come since.
      if (inFlight !== attempt) return
      inFlight = undefined
      settled()
    }
    const failed = (error: unknown): never => {
      settle(() => fail(error))
      throw notAvailable(now(), error)
    }
    const attempt: Attempt<T> = {
      startedAt: time,
      promise: Promise.resolve(held?.value)
        .then(load)
        .then((loaded) => {
          if (typeof loaded !== 'object' || loaded === null) return failed(new TypeError('load gave no { value }'))
          settle(() => succeed(loaded, time))
          return loaded.value
        }, failed),
    }
    inFlight = attempt
    allowedAt = turnAllowedAt = time + minIntervalMs
    return attempt.promise
  }

  /** What somebody else's load comes to; if it is cut off, another. */
  function join(attempt: Attempt<T>): Promise<T> {
    return attempt.promise.catch((error: unknown) => {
      if (!forgetIfCutOff(attempt, error)) throw error
      return startLoad(now())
    })
  }

  /**
   * Workers end a load with the request that began it: it never settles, and whoever else waits for it is told by an error of the
   * platform. Every failure of ours has settled the load before anybody hears of it.
   */
  function forgetIfCutOff(attempt: Attempt<T>, error: unknown): boolean {
    if (error instanceof NotAvailableError) return false
    if (inFlight === attempt) inFlight = undefined
    return true
  }

  /** A clock that was set back must not make the value young again: its times move with the clock, and it is due at once. */
  function heldAt(time: number): Held<T> | undefined {
    if (held !== undefined && time < held.loadedAt) {
      const back = held.loadedAt - time
      const { value, startedAt, loadedAt, freshUntil, usableUntil } = held
      held = {
        value,
        startedAt: startedAt - back,
        loadedAt: loadedAt - back,
        refreshAt: time,
        freshUntil: freshUntil - back,
        usableUntil: usableUntil - back,
      }
    }
    return held
  }

  function liveLoad(time: number): Attempt<T> | undefined {
    if (inFlight !== undefined && Math.abs(time - inFlight.startedAt) >= abandonAfterMs) inFlight = undefined
    return inFlight
  }

  /** How long until a load is allowed. A pause longer than any that is ever set means that the clock was set back. */
  function pauseLeft(time: number, until = allowedAt): number {
    const pause = until - time
    const longest = failures > 0 ? 2 * Math.max(maxBackoffMs, minIntervalMs) : minIntervalMs
    return pause <= 0 || pause > longest ? 0 : pause
  }

  function succeed(loaded: Loaded<T>, startedAt: number): void {
    const loadedAt = now()
    const ttlMs = Math.min(options.maxTtlMs, Math.max(options.minTtlMs, loaded.maxAgeMs ?? options.ttlMs))
    held = hold(loaded.value, startedAt, loadedAt, loadedAt + ttlMs)
    failures = 0
    lastError = undefined
  }

  function fail(error: unknown): void {
    const pause = Math.min(maxBackoffMs, minIntervalMs * 2 ** failures)
    failures += 1
    lastError = error
    const jitter = 1 + random() / 2
    allowedAt = retryAt = now() + pause * jitter
    turnAllowedAt = now() + Math.min(pause, 10 * minIntervalMs) * jitter
  }

  function hold(value: T, startedAt: number, loadedAt: number, freshUntil: number): Held<T> {
    const refreshAt = loadedAt + (freshUntil - loadedAt) * (0.7 + 0.2 * random())
    return { value, startedAt, loadedAt, refreshAt, freshUntil, usableUntil: freshUntil + options.staleIfErrorMs }
  }

  function notAvailable(time: number, cause: unknown = lastError): NotAvailableError {
    return new NotAvailableError(pauseLeft(time), cause)
  }

  function state(): RefreshingState {
    const time = now()
    const present = heldAt(time)
    return {
      loadedAt: present?.loadedAt,
      freshUntil: present?.freshUntil,
      usableUntil: present?.usableUntil,
      nextLoadAt: present === undefined || failures > 0 ? allowedAt : present.refreshAt,
      failures,
      lastError,
      loading: liveLoad(time) !== undefined,
    }
  }
}

function ignore(): void {}
