import { describe, expect, it } from 'vitest'
import { fail, settle, setUp, start } from '../test/refreshing-fixture.js'
import { NotAvailableError } from './not-available-error.js'

describe('a fresh value', () => {
  it('is loaded once for all who ask for it at the same time', async () => {
    const { value, world } = setUp()
    expect(await Promise.all([value.get(), value.get(), value.get()])).toEqual(['value 1', 'value 1', 'value 1'])
    expect(world.loads).toEqual([{ at: 0, previous: undefined }])
  })

  it('is given without a promise', async () => {
    const { value } = setUp()
    await value.get()
    expect(value.get()).toBe('value 1')
  })

  it.each([
    [0, 7_000],
    [0.5, 8_000],
    [0.999, 8_998],
  ])('is refreshed in the background when 70 to 90 %% of its time are over, at random (%d: after %d ms)', async (random, dueAfter) => {
    const { value, world } = setUp({ random: () => random })
    await value.get()
    world.time = start + dueAfter - 1
    expect(value.get()).toBe('value 1')
    expect(world.loads).toHaveLength(1)
    world.time = start + dueAfter
    expect(value.get()).toBe('value 1')
    await settle()
    expect(world.loads[1]).toEqual({ at: dueAfter, previous: 'value 1' })
    expect(value.get()).toBe('value 2')
  })

  it.each([
    [undefined, 10_000],
    [30_000, 30_000],
    [0, 2_000],
    [1e9, 60_000],
  ])('lives as long as its source says, within the bounds (%s: %d ms)', async (maxAgeMs, ttlMs) => {
    const { value, world } = setUp()
    world.answer = () => ({ value: 'told', maxAgeMs })
    await value.get()
    expect(value.state()).toMatchObject({ loadedAt: start, freshUntil: start + ttlMs, usableUntil: start + ttlMs + 20_000 })
  })
})

describe('a value whose time is over', () => {
  it('is waited for', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time += 10_000
    expect(await value.get()).toBe('value 2')
  })

  it('is used on when the load fails, by one caller after waiting and by the others at once', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time += 10_000
    world.answer = fail
    expect(await value.get()).toBe('value 1')
    expect(value.get()).toBe('value 1')
    expect(world.loads).toHaveLength(2)
  })

  it('is retried in the background with pauses that double up to the limit, and half as much again at most', async () => {
    const { value, world } = setUp({ staleIfErrorMs: 100_000 })
    await value.get()
    world.time += 10_000
    world.answer = fail
    await value.get()
    for (let tick = 0; tick < 600; tick += 1) {
      expect(value.get()).toBe('value 1')
      await settle()
      world.time += 50
    }
    const times = world.loads.slice(1).map(({ at }) => at)
    expect(times).toEqual([10_000, 11_250, 13_750, 18_750, 28_750, 38_750])
  })

  it('is waited for again when nobody has asked for long: that the source failed then says little of now', async () => {
    const { value, world } = setUp()
    await value.get()
    world.answer = fail
    world.time += 10_000
    await value.get()
    world.answer = () => ({ value: 'back' })
    world.time += 1_250 + 8_000
    expect(await value.get()).toBe('back')
  })

  it('is given up at the end of the stale time, to the millisecond', async () => {
    const { value, world } = setUp()
    await value.get()
    world.answer = fail
    world.time = start + 10_000
    await value.get()
    world.time = start + 29_999
    expect(await value.get()).toBe('value 1')
    world.time = start + 30_000
    await expect(value.get()).rejects.toThrow(NotAvailableError)
  })

  it('is not used on at all when nothing is to be used stale', async () => {
    const { value, world } = setUp({ staleIfErrorMs: 0 })
    await value.get()
    world.answer = fail
    world.time += 10_000
    await expect(value.get()).rejects.toThrow(NotAvailableError)
  })

  it('returns to the old pace when its source is back', async () => {
    const { value, world } = setUp()
    await value.get()
    world.answer = fail
    world.time += 10_000
    await value.get()
    expect(value.state()).toMatchObject({ failures: 1, lastError: new Error('down'), nextLoadAt: start + 11_250 })
    world.answer = () => ({ value: 'back' })
    world.time += 1_250
    expect(value.get()).toBe('value 1')
    await settle()
    expect(value.get()).toBe('back')
    expect(value.state()).toMatchObject({ failures: 0, lastError: undefined, nextLoadAt: world.time + 8_000 })
  })
})

describe('without any value', () => {
  it('a failed load refuses everybody who waited for it, once', async () => {
    const { value, world } = setUp()
    world.answer = fail
    const callers = await Promise.allSettled(Array.from({ length: 1000 }, async () => value.get()))
    expect(callers.filter(({ status }) => status === 'rejected')).toHaveLength(1000)
    expect(world.loads).toHaveLength(1)
    expect(value.state().failures).toBe(1)
  })

  it('those who come during the pause are refused at once, told how long it is, and given the cause', async () => {
    const { value, world } = setUp()
    world.answer = fail
    await expect(value.get()).rejects.toMatchObject({ retryAfterMs: 1_250, cause: new Error('down') })
    world.time += 1_000
    await expect(value.get()).rejects.toMatchObject({ retryAfterMs: 250, cause: new Error('down') })
    expect(world.loads).toHaveLength(1)
    world.time += 250
    world.answer = () => ({ value: 'back' })
    expect(await value.get()).toBe('back')
  })

  it('a load that throws before its first await is a failed load', async () => {
    const { value } = setUp({ load: fail })
    await expect(value.get()).rejects.toMatchObject({ cause: new Error('down') })
  })
})

describe('a newer value', () => {
  it('is loaded once for all who want it, not sooner than the interval after the last load', async () => {
    const { value, world } = setUp()
    await value.get()
    const wanted = [value.getSince(world.time), value.getSince(world.time)]
    expect(await Promise.all(wanted)).toEqual(['value 2', 'value 2'])
    expect(world.slept).toEqual([1_000])
    expect(world.loads.map(({ at }) => at)).toEqual([0, 1_000])
  })

  it('is at hand when the present one was loaded after the moment in question', async () => {
    const { value, world } = setUp()
    await value.get()
    expect(await value.getSince(start - 1)).toBe('value 1')
    expect(world.loads).toHaveLength(1)
  })

  it('is not the one of a load that was under way already, since that may have read the old state', async () => {
    const { value, world, answerLater } = setUp()
    const finish = answerLater()
    const first = value.get()
    await settle()
    world.time += 2_000
    const wanted = value.getSince(world.time)
    world.answer = () => ({ value: 'newer' })
    finish({ value: 'older' })
    expect(await first).toBe('older')
    expect(await wanted).toBe('newer')
  })

  it('is not the one of a turn whose load had begun: whoever asks then gets the next turn', async () => {
    const { value, world, answerLater } = setUp()
    await value.get()
    world.time += 2_000
    const finish = answerLater()
    const first = value.getSince(world.time)
    await settle()
    world.time += 1
    const second = value.getSince(world.time)
    world.answer = () => ({ value: 'newest' })
    finish({ value: 'newer' })
    expect(await first).toBe('newer')
    expect(await second).toBe('newest')
  })

  it('is the one of a load that began later, also for those who ask while it is under way', async () => {
    const { value, world, answerLater } = setUp()
    await value.get()
    world.time += 2_000
    const finish = answerLater()
    const first = value.getSince(world.time - 1)
    await settle()
    const second = value.getSince(world.time - 1)
    finish({ value: 'newer' })
    expect(await Promise.all([first, second])).toEqual(['newer', 'newer'])
    expect(world.loads).toHaveLength(2)
  })

  it('is refused while the source is failing and not to be asked, and the present one stays usable', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time += 2_000
    world.answer = fail
    await expect(value.getSince(world.time)).rejects.toThrow(NotAvailableError)
    await expect(value.getSince(world.time)).rejects.toMatchObject({ retryAfterMs: 1_250 })
    expect(world.loads).toHaveLength(2)
    expect(value.get()).toBe('value 1')
  })
})

describe('a seed', () => {
  it('is used as if it had been loaded then', async () => {
    const { value, world } = setUp({ seed: { value: 'kept', loadedAt: start - 5_000, expiresAt: start + 5_000 } })
    expect(value.get()).toBe('kept')
    world.time += 3_000
    expect(value.get()).toBe('kept')
    await settle()
    expect(world.loads).toEqual([{ at: 3_000, previous: 'kept' }])
  })

  it('that has expired is used only if the load fails, and for the stale time', async () => {
    const seed = { value: 'kept', loadedAt: start - 20_000, expiresAt: start - 10_000 }
    expect(await setUp({ seed }).value.get()).toBe('value 1')
    expect(await setUp({ seed, load: fail }).value.get()).toBe('kept')
    await expect(setUp({ seed: { ...seed, expiresAt: start - 20_000 }, load: fail }).value.get()).rejects.toThrow(NotAvailableError)
  })
})

describe('what can be observed', () => {
  it('before the first load is that there is nothing, and that a load is due', () => {
    const { value } = setUp()
    expect(value.peek()).toBeUndefined()
    expect(value.currentSince()).toBeUndefined()
    expect(value.state()).toEqual({
      loadedAt: undefined,
      freshUntil: undefined,
      usableUntil: undefined,
      nextLoadAt: 0,
      failures: 0,
      lastError: undefined,
      loading: false,
    })
  })

  it('does not cause a load, and shows a value of any age', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time += 1e9
    expect(value.peek()).toBe('value 1')
    expect(value.currentSince()).toBe(start)
    expect(world.loads).toHaveLength(1)
  })
})

describe('a load that gives nothing', () => {
  const nothing = () => undefined as never

  it.each(['get', 'getSince'] as const)('is one failure for all who ask by %s, and is paused after', async (method) => {
    const { value, world } = setUp()
    world.answer = nothing
    const ask = () => (method === 'get' ? value.get() : value.getSince(world.time - 1))
    const asked = await Promise.allSettled(Array.from({ length: 50 }, async () => ask()))
    expect(new Set(asked.map((each) => each.status === 'rejected' && each.reason instanceof NotAvailableError))).toEqual(new Set([true]))
    expect([world.loads.length, value.state().failures]).toEqual([1, 1])
  })
})
