import { describe, expect, it, vi } from 'vitest'
import { FlightsByKey } from './flights-by-key.js'

function setUp() {
  const clock = { time: 1_000_000 }
  const flights = new FlightsByKey<number>(() => clock.time)
  const starts: { readonly key: string; readonly end: (value: number) => void; readonly fail: () => void }[] = []
  const run = (key: string) =>
    flights.run(key, () => new Promise((end, reject) => starts.push({ key, end, fail: () => reject(new Error('no')) })))
  return { clock, flights, starts, run }
}

describe('work under way for a key', () => {
  it('is shared by those with the same key, and by nobody else', async () => {
    const { starts, run } = setUp()
    const answers = [run('a'), run('b'), run('a')]
    expect(starts.map(({ key }) => key)).toEqual(['a', 'b'])
    for (const [at, { end }] of starts.entries()) end(at)
    expect(await Promise.all(answers)).toEqual([0, 1, 0])
  })

  it('ends with its result, whichever that is', async () => {
    const { flights, starts, run } = setUp()
    const [good, bad] = [run('a'), run('b')]
    expect(flights.current('a')).toBe(good)
    starts[0]?.end(1)
    starts[1]?.fail()
    expect((await Promise.allSettled([good, bad])).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect([flights.current('a'), flights.current('b'), flights.size]).toEqual([undefined, undefined, 0])
  })

  it('that the platform ended with the request that began it is begun again by the next who asks', async () => {
    const { flights, starts, run } = setUp()
    // It never settles, and whoever did not begin it is told by an error of the platform.
    const cutOff = new Promise<number>(() => {})
    vi.spyOn(cutOff, 'then').mockReturnValue(new Promise(() => {}))
    vi.spyOn(cutOff, 'catch').mockImplementation((handler) => Promise.reject(new Error('this promise can never settle')).catch(handler))
    void flights.run('a', () => cutOff)
    const answers = [run('a'), run('a')]
    await Promise.resolve()
    await Promise.resolve()
    expect(starts).toHaveLength(1)
    starts[0]?.end(1)
    expect(await Promise.all(answers)).toEqual([1, 1])
  })

  it('that was cut off, and abandoned since, has those who wait join the one after it', async () => {
    const { flights, starts, run } = setUp()
    let cutOff = () => {}
    const work = new Promise<number>((_, reject) => (cutOff = () => reject(new Error('this promise can never settle'))))
    vi.spyOn(work, 'then').mockReturnValueOnce(new Promise(() => {}))
    void flights.run('a', () => work)
    const waiting = run('a')
    flights.abandon('a')
    const next = run('a')
    cutOff()
    await new Promise((resolve) => setImmediate(resolve))
    expect(starts).toHaveLength(1)
    starts[0]?.end(1)
    expect(await Promise.all([waiting, next])).toEqual([1, 1])
  })

  it('that was abandoned does not end the one after it', async () => {
    const { flights, starts, run } = setUp()
    const first = run('a')
    flights.abandon('a')
    const second = run('a')
    starts[0]?.end(1)
    expect(await first).toBe(1)
    expect(flights.current('a')).toBe(second)
    expect(flights.size).toBe(1)
    flights.abandon()
    expect([flights.current('a'), flights.size]).toEqual([undefined, 0])
  })

  it('is not counted on after a minute: it was cut off, and nobody has asked again', () => {
    const { clock, flights, starts, run } = setUp()
    void run('a')
    void run('b')
    clock.time += 1
    void run('c')
    clock.time += 59_998
    void run('a')
    expect([flights.size, starts.length]).toEqual([3, 3])
    clock.time += 1
    expect([flights.size, flights.current('a')]).toEqual([1, undefined])
    void run('a')
    expect([flights.size, starts.map(({ key }) => key)]).toEqual([2, ['a', 'b', 'c', 'a']])
  })

  it('is dropped by the next that begins', () => {
    const { clock, flights, run } = setUp()
    void run('a')
    clock.time += 60_000
    void run('b')
    expect(flights.current('a')).toBe(undefined)
  })

  it('does not stay for want of a clock that goes forward', () => {
    const { clock, flights, run } = setUp()
    void run('a')
    clock.time -= 1e9
    expect(flights.size).toBe(0)
  })
})
