import { describe, expect, it } from 'vitest'
import { createLoadPauses } from './load-pauses.js'

const create = (random = () => 0) => createLoadPauses({ minIntervalMs: 1_000, maxBackoffMs: 30_000, random })
const failure = new Error('down')

describe('the pause after a load has begun', () => {
  it('is the shortest, for everybody', () => {
    const pauses = create()
    expect(pauses.leftMs(5_000)).toBe(0)
    pauses.begin(5_000)
    expect([pauses.leftMs(5_000), pauses.newerLeftMs(5_200), pauses.leftMs(6_000)]).toEqual([1_000, 800, 0])
  })
})

describe('a pause by a clock that gave no number', () => {
  it('is none', () => {
    const pauses = create()
    pauses.begin(Number.NaN)
    expect([pauses.leftMs(5_000), pauses.newerLeftMs(5_000)]).toEqual([0, 0])
    pauses.begin(5_000)
    expect([pauses.leftMs(Number.NaN), pauses.newerLeftMs(Number.NaN)]).toEqual([0, 0])
  })
})

describe('the pauses after failures', () => {
  it('double up to the longest, and for those who ask for a newer value to ten times the shortest', () => {
    const pauses = create()
    const seen = Array.from({ length: 7 }, () => {
      pauses.fail(failure, 5_000)
      return [pauses.leftMs(5_000), pauses.newerLeftMs(5_000)]
    })
    expect(seen.map(([all]) => all)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    expect(seen.map(([, newer]) => newer)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000])
    expect(pauses).toMatchObject({ failures: 7, lastError: failure, allowedAt: 35_000, newerAllowedAt: 15_000 })
  })

  it('are up to half as long again, at random', () => {
    const pauses = create(() => 0.5)
    pauses.fail(failure, 5_000)
    expect([pauses.leftMs(5_000), pauses.newerLeftMs(5_000)]).toEqual([1_250, 1_250])
  })

  it('begin anew after a load that succeeded', () => {
    const pauses = create()
    pauses.fail(failure, 5_000)
    pauses.fail(failure, 6_000)
    pauses.succeed()
    expect(pauses).toMatchObject({ failures: 0, lastError: undefined })
    pauses.fail(failure, 60_000)
    expect(pauses.leftMs(60_000)).toBe(1_000)
  })

  it('are over when the clock was set back by more than any of them', () => {
    const pauses = create()
    pauses.fail(failure, 100_000)
    expect([pauses.leftMs(41_000), pauses.leftMs(40_999)]).toEqual([60_000, 0])
  })

  it('say little of now when nobody has asked for long after they were over', () => {
    const pauses = create()
    expect(pauses.isFailing(5_000)).toBe(false)
    pauses.fail(failure, 5_000)
    pauses.begin(6_000)
    expect([pauses.isFailing(35_999), pauses.isFailing(36_000)]).toEqual([true, false])
  })
})
