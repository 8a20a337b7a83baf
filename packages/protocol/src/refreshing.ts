import { createValueHolder } from './internal/held-value.js'
import { createLoadPauses } from './internal/load-pauses.js'
import { createLoads } from './internal/loads.js'
import { NotAvailableError } from './not-available-error.js'
import type { RefreshingOptions } from './refreshing-options.js'
import { SingleFlight } from './single-flight.js'

/** A snapshot of a refreshing value, for observation. Times are milliseconds since the epoch. */
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
   * The value: without a promise while it is fresh, after a load when it is not. A refresh that is due runs in the background, and
   * so do the retries during an outage while the old value is still usable.
   *
   * @throws {NotAvailableError} as a rejection, when there is no usable value
   */
  get(): T | Promise<T>
  /**
   * The value from a load that began after `since` (milliseconds since the epoch): for a caller with reason to believe that the
   * value has changed. All callers share loads, which begin at least `minIntervalMs` apart; the caller waits until one may begin.
   *
   * @throws {NotAvailableError} as a rejection, when the load fails, or during the pause after a failed load
   */
  getSince(since: number): Promise<T>
  /** The value as it is held, whatever its age. For observation, not for use. */
  peek(): T | undefined
  /** When the load of the current value began. */
  currentSince(): number | undefined
  state(): RefreshingState
}

/**
 * Caches one remote value, and refreshes it as it is used.
 *
 * - Concurrent callers share one load, and loads begin at least `minIntervalMs` apart.
 * - After 70 to 90 % of its lifetime (at random, so that many processes do not load at once) the value is refreshed in the background.
 * - An expired value is loaded again before it is used. If that fails, the old value is used for another `staleIfErrorMs`, while
 *   retries run in the background. The pauses between them double from `minIntervalMs` to `maxBackoffMs`, plus up to half of that at
 *   random. If a retry is overdue by `maxBackoffMs`, because nobody asked meanwhile, the next caller waits for it.
 * - After a failure, `getSince` is blocked for no longer than ten times `minIntervalMs`, plus up to half of that at random.
 * - Without a usable value, callers are rejected at once during a pause, and share the next load after it.
 * - If the clock jumps forward, the value is older. If it is set back, a refresh is due, and the value does not live longer.
 *
 * What is *not* done here: a time limit for the load. One that never settles is abandoned after `abandonAfterMs`, but callers that
 * already wait for it keep waiting. On a platform that ends a load together with the request that began it (Workers), a background
 * refresh is lost when that request ends; then the first caller after the value has expired waits for a load.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5861#section-4 RFC 5861 §4} (stale-if-error)
 */
export function createRefreshing<T>(options: RefreshingOptions<T>): Refreshing<T> {
  const { load, now, sleep, maxBackoffMs, abandonAfterMs } = options
  const held = createValueHolder(options)
  const pauses = createLoadPauses(options)
  const loads = createLoads({ load, abandonAfterMs, now, held, pauses })
  /** Shared by the callers of `getSince` that wait for the next load. */
  const turns = new SingleFlight<T>()
  let turnSince = 0

  return { get, getSince, peek: () => held.peek()?.value, currentSince: () => held.peek()?.startedAt, state }

  function get(): T | Promise<T> {
    const time = now()
    const present = held.at(time)
    if (present === undefined) return loadOrRefuse(time)
    const { value, refreshAt, freshUntil, usableUntil } = present
    if (time < refreshAt) return value
    if (time < freshUntil || (time < usableUntil && pauses.isFailing(time))) {
      if (!loads.isUnderWay(time) && pauses.leftMs(time) === 0) loads.start(time).catch(ignore)
      return value
    }
    if (time >= usableUntil) return loadOrRefuse(time)
    return loads.start(time).catch((error: unknown) => {
      if (now() < usableUntil) return value
      throw error
    })
  }

  function getSince(since: number): Promise<T> {
    const time = now()
    const present = held.at(time)
    if (present !== undefined && present.startedAt > since) return Promise.resolve(present.value)
    if (loads.isUnderWay(time) && loads.lastStartedAt() > since) return loads.start(time)
    // This turn waits for a load that will never settle: callers from now on take another.
    if (Math.abs(time - turnSince) >= abandonAfterMs + 2 * maxBackoffMs) turns.abandon()
    return turns.run(takeTurn, () => getSince(since))
  }

  /** The turn ends when its load begins: that load may not see a change that a later caller knows of. */
  async function takeTurn(): Promise<T> {
    turnSince = now()
    await untilAllowed().finally(() => turns.abandon())
    return loads.start()
  }

  async function untilAllowed(): Promise<void> {
    let sleptUntil: number | undefined
    for (;;) {
      const time = now()
      const pause = pauses.newerLeftMs(time)
      if (loads.isUnderWay(time)) await loads.settled()
      else if (pause === 0) return
      else if (pauses.failures > 0) throw new NotAvailableError(pause, pauses.lastError)
      // Having slept once is enough: with a clock that stands still (in a test) this would otherwise never end.
      else if (sleptUntil === pauses.newerAllowedAt) return
      else {
        sleptUntil = pauses.newerAllowedAt
        await sleep(pause)
      }
    }
  }

  function loadOrRefuse(time: number): Promise<T> {
    const pause = loads.isUnderWay(time) || pauses.failures === 0 ? 0 : pauses.leftMs(time)
    return pause > 0 ? Promise.reject(new NotAvailableError(pause, pauses.lastError)) : loads.start(time)
  }

  function state(): RefreshingState {
    const time = now()
    const present = held.at(time)
    const { failures, lastError, allowedAt } = pauses
    return {
      loadedAt: present?.loadedAt,
      freshUntil: present?.freshUntil,
      usableUntil: present?.usableUntil,
      nextLoadAt: present === undefined || failures > 0 ? allowedAt : present.refreshAt,
      failures,
      lastError,
      loading: loads.isUnderWay(time),
    }
  }
}

function ignore(): void {}
