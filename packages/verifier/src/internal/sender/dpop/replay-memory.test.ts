import { describe, expect, it } from 'vitest'
import { createReplayMemory } from './replay-memory.js'

function create(maxEntries = 100) {
  const clock = { time: 1_800_000_000_000 }
  const memory = createReplayMemory({ ttlMs: 1000, maxEntries, now: () => clock.time })
  return { clock, add: (key: string) => memory.add(key, '', { ttlMs: 1000 }) }
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
      const { clock, add } = create()
      clock.time += offset
      await add('a')
      clock.time += 1000
      expect(await add('a')).toBe(false)
      clock.time += 250
      expect(await add('a')).toBe(true)
    },
  )

  it('remembers through many other keys, at whatever pace they come', async () => {
    for (const step of [1, 99, 249, 250, 251, 333, 999]) {
      const { clock, add } = create(10_000)
      await add('a')
      for (let passed = step; passed <= 1000; passed += step) {
        clock.time += step
        await add(`other ${passed}`)
        expect(await add('a')).toBe(false)
      }
    }
  })

  it('forgets nothing when it is full, but takes nothing more until there is room', async () => {
    const { clock, add } = create(3)
    for (const key of ['a', 'b', 'c']) expect(await add(key)).toBe(true)
    await expect(add('d')).rejects.toThrow('no room for more than 3 proofs')
    for (const key of ['a', 'b', 'c']) expect(await add(key)).toBe(false)
    clock.time += 1250
    expect(await add('d')).toBe(true)
  })

  it('keeps what it has when the clock is set back, and goes on from there', async () => {
    const { clock, add } = create()
    await add('a')
    clock.time -= 3_600_000
    expect(await add('a')).toBe(false)
    expect(await add('b')).toBe(true)
    clock.time += 1000
    expect(await add('b')).toBe(false)
    clock.time += 250
    expect(await add('b')).toBe(true)
  })

  it('is empty after a long time', async () => {
    const { clock, add } = create(1)
    await add('a')
    clock.time += 86_400_000
    expect(await add('b')).toBe(true)
  })
})
