import { afterEach, describe, expect, it, vi } from 'vitest'
import { cutOffForNext } from '../test/cut-off-work.js'
import { settle, setUp } from '../test/refreshing-fixture.js'

afterEach(() => void vi.restoreAllMocks())

const never = () => new Promise<never>(() => {})

/** A value whose refresh in the background has begun, and is cut off for whoever waits for it next. */
async function cutOffRefresh() {
  const { value, world } = setUp()
  await value.get()
  world.answer = never
  world.time += 8_000
  void value.get()
  await settle()
  world.answer = () => ({ value: 'newer' })
  cutOffForNext()
  return { value, world }
}

describe('a load that was cut off with the request that began it', () => {
  it('is begun again, once for all who ask', async () => {
    const { value, world } = setUp()
    world.answer = never
    void value.get()
    await settle()
    world.answer = () => ({ value: 'anew' })
    cutOffForNext(2)
    expect(await Promise.all([value.get(), value.get()])).toEqual(['anew', 'anew'])
    expect([world.loads.length, value.state().failures]).toEqual([2, 0])
  })

  it('is not waited for by those who want a newer value', async () => {
    const { value, world } = await cutOffRefresh()
    expect(await value.getSince(world.time)).toBe('newer')
    expect([world.loads.length, world.slept]).toEqual([3, [1_000]])
  })

  it('is begun again by those who want a newer value, and would have had it from that load', async () => {
    const { value, world } = await cutOffRefresh()
    expect(await value.getSince(world.time - 1)).toBe('newer')
    expect([world.loads.length, world.slept]).toEqual([3, []])
  })
})

describe('a turn that was cut off with the request that waited for it', () => {
  it('is taken by the next who wants a newer value', async () => {
    let isCutOff = true
    const { value, world } = setUp({ sleep: () => (isCutOff ? never() : Promise.resolve()) })
    await value.get()
    void value.getSince(world.time)
    await settle()
    isCutOff = false
    cutOffForNext(2)
    expect(await Promise.all([value.getSince(world.time), value.getSince(world.time)])).toEqual(['value 2', 'value 2'])
    expect(world.loads).toHaveLength(2)
  })

  it('is not needed any more by those for whom the value that came meanwhile is new enough', async () => {
    const { value, world } = setUp({ sleep: never })
    await value.get()
    const since = world.time
    void value.getSince(since)
    cutOffForNext(2)
    const waiting = [value.getSince(since), value.getSince(since)]
    world.time += 10_000
    expect(await value.get()).toBe('value 2')
    expect(await Promise.all(waiting)).toEqual(['value 2', 'value 2'])
    expect(world.loads).toHaveLength(2)
  })
})
