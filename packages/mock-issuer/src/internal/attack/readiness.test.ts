import { expect, test } from 'vitest'
import type { AttackAnswer, AttackWait } from '../../attack-report.js'
import { waitUntilReady } from './readiness.js'

const expectations = {
  url: 'http://127.0.0.1:3000/orders',
  method: 'GET',
  issuer: 'http://127.0.0.1:9000',
  audience: 'orders-api',
  typ: 'at+jwt',
  scope: undefined,
}

/** An API that gives these answers by turns, the last one for ever, on a clock that runs while it is waited for. */
function waitFor(answers: readonly AttackAnswer[], readyWithinMs: number) {
  let timeMs = 0
  let asked = 0
  const told: AttackWait[] = []
  const waiting = waitUntilReady({
    algorithms: ['ES256'],
    sendGood: async () => ({ answer: answers[Math.min(asked++, answers.length - 1)] ?? { status: 500 }, durationMs: 1 }),
    readyWithinMs,
    now: () => timeMs,
    sleep: async (ms) => void (timeMs += ms),
    requests: [],
    expectations,
    onWaiting: (wait) => told.push(wait),
  })
  return waiting.then(() => ({ asked, timeMs, told: told.map(({ answer, waitedMs }) => ({ answer, waitedMs })) }))
}

test('waits for an API that is still starting', async () => {
  const starting: AttackAnswer = { failure: 'network', detail: 'connect ECONNREFUSED' }
  expect(await waitFor([starting, starting, { status: 503 }, { status: 200 }], 30_000)).toMatchObject({ asked: 4, timeMs: 750 })
})

test('gives up when the time is over, and not before', async () => {
  await expect(waitFor([{ status: 503 }], 30_000)).rejects.toMatchObject({ code: 'attack_impossible' })
  expect(await waitFor([...Array.from({ length: 100 }, () => ({ status: 503 })), { status: 204 }], 30_000)).toMatchObject({
    asked: 101,
    timeMs: 25_000,
  })
})

test('says what it waits for at first, whenever that changes, and every 5 seconds', async () => {
  const starting: AttackAnswer = { failure: 'network', detail: 'connect ECONNREFUSED' }
  const unsure: AttackAnswer = { status: 401, error: 'invalid_token' }
  const { told } = await waitFor([starting, starting, ...Array.from({ length: 41 }, () => unsure), { status: 200 }], 30_000)
  expect(told).toEqual([
    { answer: starting, waitedMs: 0 },
    { answer: unsure, waitedMs: 500 },
    { answer: unsure, waitedMs: 5500 },
    { answer: unsure, waitedMs: 10_500 },
  ])
})

test('thinks of keys that the API has kept of another run', async () => {
  await expect(waitFor([{ status: 401, error: 'invalid_token' }], 1000)).rejects.toThrow(
    'The API answers a good token with 401 invalid_token. It never asked this issuer for its keys. ' +
      'If it does not trust "http://127.0.0.1:9000" for the audience "orders-api" yet, configure it so. ' +
      'If it does, it still holds the keys of an earlier run, or of another issuer of that name; each run has new ones. ' +
      'Restart it, or wait: many libraries ask again after half a minute.',
  )
})
