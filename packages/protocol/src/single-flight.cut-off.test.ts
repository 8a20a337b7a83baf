import { describe, expect, it, vi } from 'vitest'
import { platformError } from '../test/cut-off-work.js'
import { setUp, turns } from '../test/single-flight-fixture.js'

describe('work that is cut off', () => {
  it('is begun anew, once for all who waited, and whoever began it never hears again', async () => {
    const { works, run, runToBeCutOff } = setUp()
    const heard = vi.fn<(how: unknown) => void>()
    runToBeCutOff().then(heard, heard)
    const before = [run(), run()]
    works[0]?.cutOff()
    const after = run()
    await turns()
    expect(works).toHaveLength(2)
    works[1]?.end('anew')
    expect(await Promise.all([...before, after])).toEqual(['anew', 'anew', 'anew'])
    expect([works.length, heard.mock.calls]).toEqual([2, []])
  })

  it('a second time is begun a third time, by the others who waited', async () => {
    const { works, run, runToBeCutOff } = setUp()
    void runToBeCutOff()
    void runToBeCutOff()
    const answers = [run(), run()]
    works[0]?.cutOff()
    await turns()
    expect(works).toHaveLength(2)
    works[1]?.cutOff()
    await turns()
    expect(works).toHaveLength(3)
    works[2]?.end('third')
    expect(await Promise.all(answers)).toEqual(['third', 'third'])
  })

  it('and then fails of itself is a failure of everybody who waits', async () => {
    const { works, run, runToBeCutOff } = setUp()
    void runToBeCutOff()
    const answers = [run(), run()]
    works[0]?.cutOff()
    await turns()
    works[1]?.fail(new Error('its own'))
    const outcomes = await Promise.allSettled(answers)
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && String(outcome.reason))).toEqual(['Error: its own', 'Error: its own'])
    expect(works).toHaveLength(2)
  })

  it('is begun in the way of whoever has joined it, if they have one of their own', async () => {
    const { flight, works, run, runToBeCutOff } = setUp()
    void runToBeCutOff()
    const again = vi.fn<() => Promise<string>>(async () => 'otherwise')
    const answer = flight.run(() => Promise.reject(new Error('not this')), again)
    works[0]?.cutOff()
    expect(await answer).toBe('otherwise')
    expect([again.mock.calls.length, flight.current]).toEqual([1, undefined])
    void run()
    expect(works).toHaveLength(2)
  })

  it('tells whoever waits for its promise itself', async () => {
    const { flight, works, runToBeCutOff } = setUp()
    void runToBeCutOff()
    const { current } = flight
    works[0]?.cutOff()
    await expect(current?.catch((error: unknown) => error)).resolves.toBe(platformError)
  })
})
