import { createValueHolder } from './internal/held-value.js'
import { createLoadPauses } from './internal/load-pauses.js'
import { createLoads } from './internal/loads.js'
import { NotAvailableError } from './not-available-error.js'
import type { RefreshingOptions } from './refreshing-options.js'
import { SingleFlight } from './single-flight.js'

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
  const { load, now, sleep, maxBackoffMs, abandonAfterMs } = options
  const held = createValueHolder(options)
  const pauses = createLoadPauses(options)
  const loads = createLoads({ load, abandonAfterMs, now, held, pauses })
  /** Of those who wait for the next load. */
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
    // A turn that waits for a load which will never settle is not waited for.
    if (Math.abs(time - turnSince) >= abandonAfterMs + 2 * maxBackoffMs) turns.abandon()
    return turns.run(takeTurn, () => getSince(since))
  }

  /** Whoever asks from the moment on at which the load begins gets another turn: this load may not see what they know of. */
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
      // Having slept is enough: a clock that stands still (in a test) would otherwise keep everybody waiting for ever.
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
