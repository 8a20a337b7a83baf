import { describe, expect, it } from 'vitest'
import { createReplayMemory } from './replay-memory.js'

function create(maxEntries = 100) {
  const clock = { time: 1_800_000_000_000, elapsed: 5000 }
  const memory = createReplayMemory({ ttlMs: 1000, maxEntries, now: () => clock.time, elapsedMs: () => clock.elapsed })
  const pass = (milliseconds: number) => {
    clock.time += milliseconds
    clock.elapsed += milliseconds
  }
  return { clock, pass, add: (key: string) => memory.add(key, '', { ttlMs: 1000 }) }
}

describe('the memory of used proofs', () => {
  it('takes a key once', async () => {
    const { add } = create()
    expect(await add('a')).toBe(true)
    expect(await add('a')).toBe(false)
    expect(await add('b')).toBe(true)
  })

  it('lets one of many win who come at once', async () => {
    const { add } = create()
    const answers = await Promise.all(Array.from({ length: 50 }, () => add('a')))
    expect(answers.filter(Boolean)).toEqual([true])
  })

  it.each([0, 1, 249, 250, 251, 499, 999])(
    'remembers a key that came after %i ms for its time, and at most a quarter longer',
    async (offset) => {
      const { pass, add } = create()
      pass(offset)
      await add('a')
      pass(1000)
      expect(await add('a')).toBe(false)
      pass(250)
      expect(await add('a')).toBe(true)
    },
  )

  it('remembers through many other keys, at whatever pace they come', async () => {
    for (const step of [1, 99, 249, 250, 251, 333, 999]) {
      const { pass, add } = create(10_000)
      await add('a')
      for (let passed = step; passed <= 1000; passed += step) {
        pass(step)
        await add(`other ${passed}`)
        expect(await add('a')).toBe(false)
      }
    }
  })

  it('forgets in its time what came after the only clock of a platform was set back, and not what came before', async () => {
    const { clock, pass, add } = create()
    await add('before')
    clock.time -= 10_000
    clock.elapsed -= 10_000
    await add('at once')
    pass(250)
    await add('after')
    pass(1250)
    expect(await add('after')).toBe(true)
    expect(await add('before')).toBe(false)
  })

  it('forgets nothing when it is full, but takes nothing more until there is room', async () => {
    const { pass, add } = create(3)
    for (const key of ['a', 'b', 'c']) expect(await add(key)).toBe(true)
    await expect(add('d')).rejects.toThrow('no room for more than 3 proofs')
    for (const key of ['a', 'b', 'c']) expect(await add(key)).toBe(false)
    pass(1250)
    expect(await add('d')).toBe(true)
  })

  it('is empty after a long time', async () => {
    const { pass, add } = create(1)
    await add('a')
    pass(86_400_000)
    expect(await add('b')).toBe(true)
  })
})

describe('when the clock jumps', () => {
  const hour = 3_600_000

  it('ahead and back, what was used before is remembered, whatever came between', async () => {
    for (const jumps of [[hour], [hour, hour], [1001, 1001], Array.from({ length: 20 }, () => 251)]) {
      const { clock, pass, add } = create()
      const start = clock.time
      await add('a')
      for (const jump of jumps) {
        clock.time += jump
        expect(await add(`at ${clock.time}`)).toBe(true)
      }
      clock.time = start
      for (let passed = 0; passed < 1000; passed += 100) {
        expect(await add('a')).toBe(false)
        pass(100)
      }
      expect(await add('a')).toBe(false)
    }
  })

  it('ahead and back, what was used meanwhile is remembered until its time comes again, and is over', async () => {
    const { clock, pass, add } = create()
    clock.time += hour
    await add('a')
    clock.time -= hour
    for (let passed = 0; passed < hour; passed += hour / 100) {
      expect(await add('a')).toBe(false)
      pass(hour / 100)
    }
    pass(1000)
    expect(await add('a')).toBe(false)
    pass(250)
    expect(await add('a')).toBe(true)
  })

  it('ahead for good, what is there has its time', async () => {
    const { clock, pass, add } = create()
    await add('a')
    clock.time += hour
    expect(await add('a')).toBe(false)
    pass(1000)
    expect(await add('a')).toBe(false)
    pass(250)
    expect(await add('a')).toBe(true)
  })

  it('back, what was used before is remembered until the clock has got there again', async () => {
    const { clock, pass, add } = create()
    await add('a')
    pass(500)
    clock.time -= 5000
    for (let passed = 0; passed <= 5500; passed += 100) {
      expect(await add('a')).toBe(false)
      pass(100)
    }
    pass(250)
    expect(await add('a')).toBe(true)
  })

  it('back for good, what comes after it is forgotten after its own time', async () => {
    const { clock, pass, add } = create(4)
    await add('a')
    clock.time -= hour
    pass(250)
    for (let round = 0; round < 10; round += 1) {
      for (const key of ['b', 'c', 'd']) expect(await add(key)).toBe(true)
      await expect(add('e')).rejects.toThrow('no room for more than 4 proofs')
      pass(1000)
      for (const key of ['a', 'b', 'c', 'd']) expect(await add(key)).toBe(false)
      pass(250)
    }
  })

  it('to and fro all the time, no more is remembered than there is room for, and nothing is forgotten', async () => {
    const { clock, pass, add } = create(1000)
    const start = clock.time
    for (let round = 0; round < 1000; round += 1) {
      clock.time = start + (round % 2 === 0 ? 0 : hour)
      expect(await add(`${round}`)).toBe(true)
      clock.elapsed += 100
    }
    clock.time = start
    await expect(add('one more')).rejects.toThrow('no room')
    for (let round = 0; round < 1000; round += 1) expect(await add(`${round}`)).toBe(false)
    clock.time += 2 * hour
    pass(1250)
    expect(await add('one more')).toBe(true)
  })

  it('back on both, as where they are one, nothing is forgotten early or kept without end', async () => {
    const { pass, add } = create(2)
    await add('a')
    pass(-hour)
    expect(await add('a')).toBe(false)
    expect(await add('b')).toBe(true)
    pass(1250)
    expect(await add('b')).toBe(false)
    pass(hour + 1250)
    expect(await add('c')).toBe(true)
    expect(await add('d')).toBe(true)
  })
})
