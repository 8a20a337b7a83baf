import type { Loaded, RefreshingPolicy } from '../refreshing-options.js'

/** A value and its times, in milliseconds since the epoch. */
export interface HeldValue<T> {
  readonly value: T
  /** When its load began, and when that ended. */
  readonly startedAt: number
  readonly loadedAt: number
  /** When a refresh is due; the value is still fresh then. */
  readonly refreshAt: number
  readonly freshUntil: number
  /** Until when it may be used if it cannot be refreshed. */
  readonly usableUntil: number
}

export interface ValueHolderInput<T> extends Pick<RefreshingPolicy, 'ttlMs' | 'minTtlMs' | 'maxTtlMs' | 'staleIfErrorMs'> {
  readonly seed?: { value: T; loadedAt: number; expiresAt: number } | undefined
  readonly random: () => number
}

/** Holds the value between two loads. */
export interface ValueHolder<T> {
  /** The value that is held, its times adjusted if the clock was set back to this time. */
  at(time: number): HeldValue<T> | undefined
  /** The value that is held, as it is. */
  peek(): HeldValue<T> | undefined
  hold(loaded: Loaded<T>, startedAt: number, loadedAt: number): void
}

/** Holds a value for the lifetime that its source sets, within bounds. Setting the clock back does not lengthen that. */
export function createValueHolder<T>(input: ValueHolderInput<T>): ValueHolder<T> {
  const { seed, ttlMs, minTtlMs, maxTtlMs, staleIfErrorMs, random } = input
  let held = seed && dated(seed.value, seed.loadedAt, seed.loadedAt, seed.expiresAt)

  return {
    at(time) {
      if (held !== undefined && time < held.loadedAt) held = movedBack(held, time)
      return held
    },
    peek: () => held,
    hold({ value, maxAgeMs }, startedAt, loadedAt) {
      held = dated(value, startedAt, loadedAt, loadedAt + Math.min(maxTtlMs, Math.max(minTtlMs, maxAgeMs ?? ttlMs)))
    },
  }

  function dated(value: T, startedAt: number, loadedAt: number, freshUntil: number): HeldValue<T> {
    const refreshAt = loadedAt + (freshUntil - loadedAt) * (0.7 + 0.2 * random())
    return { value, startedAt, loadedAt, refreshAt, freshUntil, usableUntil: freshUntil + staleIfErrorMs }
  }
}

/** Moves the times with the clock, and makes a refresh due: how old the value really is, is not known any more. */
function movedBack<T>(held: HeldValue<T>, time: number): HeldValue<T> {
  const back = held.loadedAt - time
  return {
    ...held,
    startedAt: held.startedAt - back,
    loadedAt: time,
    refreshAt: time,
    freshUntil: held.freshUntil - back,
    usableUntil: held.usableUntil - back,
  }
}
