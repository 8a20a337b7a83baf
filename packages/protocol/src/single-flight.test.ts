import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import { setUp, turns } from '../test/single-flight-fixture.js'
import { SingleFlight } from './single-flight.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('work that several wait for', () => {
  it('is begun at once, and once, and what it comes to is everybody’s', async () => {
    const { works, run } = setUp()
    const answers = [run(), run(), run()]
    expect(works).toHaveLength(1)
    works[0]?.end('done')
    expect(await Promise.all(answers)).toEqual(['done', 'done', 'done'])
  })

  it('that fails is a failure of everybody who waits, and is not begun again for them', async () => {
    const { works, run } = setUp()
    const answers = [run(), run(), run()]
    const failure = new Error('its own')
    works[0]?.fail(failure)
    const outcomes = await Promise.allSettled(answers)
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([failure, failure, failure])
    expect(works).toHaveLength(1)
  })

  it('that throws before it gives a promise is a failure like any other, after which it is begun anew', async () => {
    const landed = vi.fn<() => void>()
    const { flight, works, run } = setUp(landed)
    const thrown = new Error('thrown')
    const first = flight.run(() => {
      throw thrown
    })
    await expect(Promise.allSettled([first, run()])).resolves.toEqual([
      { status: 'rejected', reason: thrown },
      { status: 'rejected', reason: thrown },
    ])
    expect([flight.current, landed.mock.calls.length]).toEqual([undefined, 1])
    void run()
    expect(works).toHaveLength(1)
  })

  it.each(['end', 'fail'] as const)('is begun anew by the next who asks after it has landed (%s)', async (outcome) => {
    const { flight, works, run } = setUp()
    const first = run()
    expect(flight.current).toBe(first)
    works[0]?.[outcome](new Error('no') as Error & string)
    await first.catch(() => {})
    expect(flight.current).toBe(undefined)
    const second = run()
    works[1]?.end('second')
    expect(await second).toBe('second')
  })
})

it('keeps neither the work nor what it came to when that has landed', async () => {
  const flight = new SingleFlight<object>()
  const come = async (): Promise<WeakRef<object>[]> => {
    const work = async () => ({ large: 'value' })
    return [new WeakRef(await flight.run(work)), new WeakRef(work)]
  }
  const references = await come()
  // A reference is sure to be good until the end of the turn in which it was made.
  await new Promise((resolve) => setImmediate(resolve))
  collectGarbage()
  expect(references.map((reference) => reference.deref())).toEqual([undefined, undefined])
  expect(flight.current).toBe(undefined)
})

describe('work that was abandoned', () => {
  it('is begun anew by the next who asks, and those who wait get what they wait for', async () => {
    const { flight, works, run } = setUp()
    const before = [run(), run()]
    flight.abandon()
    const after = [run(), run()]
    expect(works).toHaveLength(2)
    works[0]?.end('old')
    expect(await Promise.all(before)).toEqual(['old', 'old'])
    works[1]?.end('new')
    expect(await Promise.all(after)).toEqual(['new', 'new'])
  })

  it('does not end the one after it when it lands', async () => {
    const landed = vi.fn<() => void>()
    const { flight, works, run } = setUp(landed)
    const first = run()
    flight.abandon()
    const second = run()
    works[0]?.end('old')
    await first
    expect([flight.current === second, landed.mock.calls.length]).toEqual([true, 0])
    works[1]?.end('new')
    await second
    expect([flight.current, landed.mock.calls.length]).toEqual([undefined, 1])
  })

  it('and then cut off has those who wait join the one after it', async () => {
    const { flight, works, run, runToBeCutOff } = setUp()
    void runToBeCutOff()
    const waiting = run()
    flight.abandon()
    const after = run()
    works[0]?.cutOff()
    await turns()
    expect(works).toHaveLength(2)
    works[1]?.end('new')
    expect(await Promise.all([waiting, after])).toEqual(['new', 'new'])
  })
})

describe('waiting until it is over', () => {
  it.each(['end', 'fail', 'cutOff'] as const)('ends without an error, and nothing is under way then (%s)', async (outcome) => {
    const { flight, works, run, runToBeCutOff } = setUp()
    if (outcome === 'cutOff') void runToBeCutOff()
    else run().catch(() => {})
    const over = vi.fn<() => void>()
    const waiting = flight.settled().then(over)
    await turns()
    expect(over).not.toHaveBeenCalled()
    works[0]?.[outcome](new Error('no') as Error & string)
    await waiting
    expect([flight.current, works.length]).toEqual([undefined, 1])
  })

  it('is over at once when nothing is under way', async () => {
    expect(await setUp().flight.settled()).toBe(undefined)
  })

  it('that was cut off does not end the one after it', async () => {
    const { flight, works, run, runToBeCutOff } = setUp()
    void runToBeCutOff()
    const waiting = flight.settled()
    flight.abandon()
    const second = run()
    works[0]?.cutOff()
    await waiting
    expect(flight.current).toBe(second)
  })
})
