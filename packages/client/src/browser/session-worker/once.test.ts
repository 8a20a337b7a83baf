import { expect, test, vi } from 'vitest'
import { once } from './once.js'

test('is done once for all who ask, at the same time and later', async () => {
  const make = vi.fn(async () => ({}))
  const get = once(make)
  const [first, second] = await Promise.all([get(), get()])
  expect(second).toBe(first)
  expect(await get()).toBe(first)
  expect(make).toHaveBeenCalledTimes(1)
})

test('is done again after a failure, which all who waited hear of', async () => {
  const make = vi.fn(async () => 'made').mockRejectedValueOnce(new Error('not now'))
  const get = once(make)
  expect(await Promise.allSettled([get(), get()])).toMatchObject([{ reason: { message: 'not now' } }, { reason: { message: 'not now' } }])
  expect(await get()).toBe('made')
  expect(make).toHaveBeenCalledTimes(2)
})
