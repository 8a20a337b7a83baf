import { describe, expect, it } from 'vitest'
import { createRefreshing, type Loaded, NotAvailableError, type RefreshingOptions } from './refreshing.js'

const start = 1_000_000

/** A policy with a source that answers what it is told, and a clock that moves when it is told. */
function setUp(options: Partial<RefreshingOptions<string>> = {}) {
  const loads: { at: number; previous: string | undefined }[] = []
  const slept: number[] = []
  const world = {
    time: start,
    answer: (): Loaded<string> | Promise<Loaded<string>> => ({ value: `value ${loads.length}` }),
    loads,
    slept,
  }
  const value = createRefreshing<string>({
    ttlMs: 10_000,
    minTtlMs: 2_000,
    maxTtlMs: 60_000,
    staleIfErrorMs: 20_000,
    minIntervalMs: 1_000,
    maxBackoffMs: 8_000,
    abandonAfterMs: 5_000,
    async load(previous) {
      loads.push({ at: world.time - start, previous })
      return world.answer()
    },
    now: () => world.time,
    async sleep(milliseconds) {
      slept.push(milliseconds)
      world.time += milliseconds
    },
    random: () => 0.5,
    ...options,
  })
  return { value, world }
}

function fail(): never {
  throw new Error('down')
}

function never(): Promise<never> {
  return new Promise(() => {})
}

/** Lets a load in the background finish. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

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

  it('is refreshed in the background when 70 to 90 % of its time are over, and handed to the load', async () => {
    for (const [random, dueAfter] of [[0, 7_000] as const, [0.5, 8_000] as const, [0.999, 8_998] as const]) {
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
    }
  })

  it('lives as long as its source says, within the bounds', async () => {
    for (const [maxAgeMs, ttlMs] of [[undefined, 10_000] as const, [30_000, 30_000] as const, [0, 2_000] as const, [1e9, 60_000] as const]) {
      const { value, world } = setUp()
      world.answer = () => ({ value: 'told', maxAgeMs })
      await value.get()
      expect(value.state()).toMatchObject({ loadedAt: start, freshUntil: start + ttlMs, usableUntil: start + ttlMs + 20_000 })
    }
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

  it('is given up at the end of the stale time, to the millisecond', async () => {
    const { value, world } = setUp()
    await value.get()
    world.answer = fail
    world.time = start + 10_000
    await value.get()
    world.time = start + 29_999
    expect(value.get()).toBe('value 1')
    await settle()
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
    value.get()
    await settle()
    expect(value.get()).toBe('back')
    expect(value.state()).toMatchObject({ failures: 0, lastError: undefined, nextLoadAt: world.time + 8_000 })
  })
})

describe('without any value', () => {
  it('a failed load refuses everybody who waited for it, once', async () => {
    const { value, world } = setUp()
    world.answer = fail
    const callers = await Promise.allSettled(Array.from({ length: 1000 }, () => value.get()))
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
    const { value, world } = setUp()
    let finish: (loaded: Loaded<string>) => void = () => {}
    world.answer = () => new Promise((resolve) => (finish = resolve))
    const first = value.get()
    await settle()
    world.time += 2_000
    const wanted = value.getSince(world.time)
    world.answer = () => ({ value: 'newer' })
    finish({ value: 'older' })
    expect(await first).toBe('older')
    expect(await wanted).toBe('newer')
  })

  it('is the one of a load that began later, also for those who ask while it is under way', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time += 2_000
    let finish: (loaded: Loaded<string>) => void = () => {}
    world.answer = () => new Promise((resolve) => (finish = resolve))
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

describe('a load that never settles', () => {
  it('is given up after its time, and its late answer does not replace a newer value', async () => {
    const { value, world } = setUp()
    let finish: (loaded: Loaded<string>) => void = () => {}
    world.answer = () => new Promise((resolve) => (finish = resolve))
    const first = value.get()
    await settle()
    world.time += 5_000
    world.answer = () => ({ value: 'second' })
    expect(await value.get()).toBe('second')
    finish({ value: 'late' })
    expect(await first).toBe('late')
    expect(value.get()).toBe('second')
  })

  it('is joined until then', async () => {
    const { value, world } = setUp()
    world.answer = never
    void value.get()
    world.time += 4_999
    void value.get()
    await settle()
    expect(world.loads).toHaveLength(1)
    expect(value.state().loading).toBe(true)
  })
})

describe('a clock that jumps', () => {
  it('forward, past the whole life of the value, has it waited for', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time += 1e9
    expect(await value.get()).toBe('value 2')
  })

  it('back has the value refreshed in the background, and does not lengthen its life', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time -= 1e9
    world.answer = fail
    expect(value.get()).toBe('value 1')
    await settle()
    expect(world.loads).toHaveLength(2)
    expect(value.state()).toMatchObject({ freshUntil: world.time + 10_000, usableUntil: world.time + 30_000 })
    world.time += 30_000
    await expect(value.get()).rejects.toThrow(NotAvailableError)
  })

  it('back does not make an old value count as newer than the moment in question', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time -= 1e9
    expect(await value.getSince(world.time)).toBe('value 2')
  })

  it('back does not lengthen a pause beyond any that is ever set', async () => {
    const { value, world } = setUp()
    world.answer = fail
    await expect(value.get()).rejects.toThrow(NotAvailableError)
    world.time -= 1e9
    world.answer = () => ({ value: 'back' })
    expect(await value.get()).toBe('back')
  })

  it('not at all does not keep those waiting who want a newer value', async () => {
    const { value, world } = setUp({ sleep: () => Promise.resolve() })
    await value.get()
    expect(await value.getSince(world.time)).toBe('value 2')
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
