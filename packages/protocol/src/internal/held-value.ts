import type { Loaded, RefreshingPolicy } from '../refreshing-options.js'

/** A value and its times, in milliseconds since the epoch. */
export interface HeldValue<T> {
  readonly value: T
  /** When the load of it began, and when that ended. */
  readonly startedAt: number
  readonly loadedAt: number
  /** When it is to be refreshed, though it may be used yet. */
  readonly refreshAt: number
  readonly freshUntil: number
  /** Until when it may be used if there is no newer one to be had. */
  readonly usableUntil: number
}

export interface ValueHolderInput<T> extends Pick<RefreshingPolicy, 'ttlMs' | 'minTtlMs' | 'maxTtlMs' | 'staleIfErrorMs'> {
  readonly seed?: { value: T; loadedAt: number; expiresAt: number } | undefined
  readonly random: () => number
}

/** Where the value is between two loads. */
export interface ValueHolder<T> {
  /** What is held, by a clock that shows this time. */
  at(time: number): HeldValue<T> | undefined
  /** What is held, whatever its age. */
  peek(): HeldValue<T> | undefined
  hold(loaded: Loaded<T>, startedAt: number, loadedAt: number): void
}

/** Holds a value for as long as its source says, within bounds. A clock that is set back does not make it young again. */
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

/** Its times move with the clock, and it is due at once: how old it is by now is not known. */
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
