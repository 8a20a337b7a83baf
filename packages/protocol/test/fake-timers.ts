import { afterEach, beforeEach, expect, vi } from 'vitest'

/** Stops the clock for each test of the file, at the end of which nothing may wait for it any more. */
export function fakeTimers(): void {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
}
