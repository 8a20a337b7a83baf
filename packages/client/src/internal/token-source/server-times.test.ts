import { afterEach, expect, test, vi } from 'vitest'
import { tokensOf } from '../../../test/tokens.js'
import { keepClock } from '../client-clock.js'
import { createServerClock } from '../server-clock.js'
import { createServerTimes } from './server-times.js'

afterEach(() => void vi.useRealTimers())

const noon = Date.UTC(2026, 0, 1, 12)

/** A client whose server is so far ahead of the machine, once its metadata were asked for. */
function clientAt(aheadMs: number) {
  const clock = createServerClock(() => noon)
  const client = {
    async metadata() {
      clock.learn(new Headers({ date: new Date(noon + aheadMs).toUTCString() }), noon)
      return { issuer: 'https://login.example.com' }
    },
  }
  keepClock(client, clock)
  return client
}

test.each([600_000, -600_000, 7000])('times are written by a server that is %i ms ahead, and read back as they were', async (aheadMs) => {
  const client = clientAt(aheadMs)
  const times = createServerTimes(client)
  await client.metadata()
  const written = times.toServer(tokensOf(1000))
  expect([written.receivedAt, written.expiresAt]).toEqual([1000 + aheadMs / 1000, 1300 + aheadMs / 1000])
  const read = await createServerTimes(clientAt(aheadMs)).fromServer(written)
  expect([read.receivedAt, read.expiresAt]).toEqual([1000, 1300])
})

test('no second is won by writing and reading', async () => {
  const clock = { now: () => noon, serverSeconds: () => 0, aheadMs: () => 600_500, learn() {} }
  const client = { metadata: async () => ({ issuer: 'https://login.example.com' }) }
  keepClock(client, clock)
  const times = createServerTimes(client)
  const read = await times.fromServer(times.toServer(tokensOf(1000)))
  expect([read.receivedAt, read.expiresAt]).toEqual([999, 1299])
})

test('an end that the server did not say stays unsaid', () => {
  const client = clientAt(0)
  expect(createServerTimes(client).toServer(tokensOf(1000, { expiresAt: undefined })).expiresAt).toBeUndefined()
})

test('a client that is none of createClient goes by its own clock', async () => {
  const { metadata } = clientAt(600_000)
  const times = createServerTimes({ metadata })
  await metadata()
  expect(times.toServer(tokensOf(1000)).receivedAt).toBe(1000)
})

test('metadata that hang are waited for for a second, and the clock of this machine is gone by', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const read = createServerTimes({ metadata: () => new Promise(() => {}) }).fromServer(tokensOf(1000))
  await vi.advanceTimersByTimeAsync(1000)
  expect((await read).receivedAt).toBe(1000)
})
