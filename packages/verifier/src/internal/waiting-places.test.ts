import { expect, it } from 'vitest'
import { createWaitingPlaces } from './waiting-places.js'

const never = () => new Promise<never>(() => {})

function setUp() {
  const clock = { time: 1_000_000 }
  const inPlace = createWaitingPlaces({ places: 2, goneAfterMs: 1000, now: () => clock.time, full: () => new Error('full') })
  return { clock, inPlace }
}

it('as many wait as there are places, and one that comes beyond that begins nothing', async () => {
  const { inPlace } = setUp()
  void inPlace(never)
  void inPlace(never)
  let begun = 0
  await expect(
    inPlace(async () => {
      begun += 1
    }),
  ).rejects.toThrow('full')
  expect(begun).toBe(0)
})

it('a place is free again whatever the wait comes to', async () => {
  const { inPlace } = setUp()
  void inPlace(never)
  expect(await inPlace(() => Promise.resolve('came'))).toBe('came')
  await expect(inPlace(() => Promise.reject(new Error('did not')))).rejects.toThrow('did not')
  expect(await inPlace(() => Promise.resolve('came again'))).toBe('came again')
})

it('the places of requests that were cut off while they waited are free when nobody can be waiting any more', async () => {
  const { clock, inPlace } = setUp()
  void inPlace(never)
  clock.time += 500
  void inPlace(never)
  clock.time += 999
  await expect(inPlace(never)).rejects.toThrow('full')
  clock.time += 1
  expect(await inPlace(() => Promise.resolve('came'))).toBe('came')
})

it('those who turn up after all do not make room for more than there are places', async () => {
  const { clock, inPlace } = setUp()
  let leave = (): void => {}
  const late = inPlace(() => new Promise<void>((resolve) => (leave = resolve)))
  void inPlace(never)
  clock.time += 1000
  void inPlace(never)
  leave()
  await late
  void inPlace(never)
  await expect(inPlace(never)).rejects.toThrow('full')
})

it('a clock that gives no number makes no room', async () => {
  const { clock, inPlace } = setUp()
  void inPlace(never)
  void inPlace(never)
  clock.time = Number.NaN
  await expect(inPlace(never)).rejects.toThrow('full')
})
