import { describe, expect, it } from 'vitest'
import { fail, settle, setUp } from '../test/refreshing-fixture.js'
import { NotAvailableError } from './not-available-error.js'

describe('a load that never settles', () => {
  it('does not keep those waiting who ask for a newer value after its time', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time += 1000
    world.answer = () => new Promise(() => {})
    value.getSince(world.time).catch(() => {})
    await settle()
    value.getSince(world.time).catch(() => {})
    await settle()
    world.answer = () => ({ value: 'newer' })
    // abandonAfterMs and twice maxBackoffMs
    world.time += 21_000
    expect(await value.getSince(world.time)).toBe('newer')
  })

  it('is given up after its time, and its late answer does not replace a newer value', async () => {
    const { value, world, answerLater } = setUp()
    const finish = answerLater()
    const first = value.get()
    await settle()
    world.time += 5_000
    world.answer = () => ({ value: 'second' })
    expect(await value.get()).toBe('second')
    finish({ value: 'late' })
    expect(await first).toBe('late')
    expect(value.get()).toBe('second')
  })

  it('is given up after its time, and its late failure pauses nobody', async () => {
    const { value, world } = setUp()
    let refuse: (error: Error) => void = () => {}
    world.answer = () => new Promise((_, reject) => (refuse = reject))
    const first = value.get()
    await settle()
    world.time += 5_000
    world.answer = () => ({ value: 'second' })
    expect(await value.get()).toBe('second')
    refuse(new Error('late'))
    await expect(first).rejects.toMatchObject({ cause: new Error('late') })
    expect(value.state()).toMatchObject({ failures: 0, lastError: undefined })
  })

  it('is joined until then', async () => {
    const { value, world } = setUp()
    world.answer = () => new Promise(() => {})
    void value.get()
    world.time += 4_999
    void value.get()
    await settle()
    expect(world.loads).toHaveLength(1)
    expect(value.state().loading).toBe(true)
  })
})

describe('a clock that jumps', () => {
  it('back by less than the longest pause holds nobody who asks for a newer value', async () => {
    const { value, world } = setUp()
    await value.get()
    world.time -= 10_000
    expect(await value.getSince(world.time)).toBe('value 2')
    expect(world.slept).toEqual([])
  })

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

describe('a clock that gives no number for a moment', () => {
  it('keeps nobody waiting who asks for a newer value once it is right again', async () => {
    let sleeps = 0
    const { value, world } = setUp({
      async sleep() {
        sleeps += 1
        if (sleeps > 10) throw new Error('it sleeps for ever')
      },
    })
    await value.get()
    world.time = Number.NaN
    expect(await value.getSince(Number.NaN)).toBe('value 2')
    world.time = 1_100_000
    expect(await value.getSince(world.time)).toBe('value 3')
    expect([world.loads.length, sleeps]).toEqual([3, 0])
  })
})
