import { expect, test } from 'vitest'
import type { AttackAnswer } from '../../attack-report.js'
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
  const waiting = waitUntilReady({
    algorithms: ['ES256'],
    sendGood: async () => ({ answer: answers[Math.min(asked++, answers.length - 1)] ?? { status: 500 }, durationMs: 1 }),
    readyWithinMs,
    now: () => timeMs,
    sleep: async (ms) => void (timeMs += ms),
    requests: [],
    expectations,
  })
  return waiting.then(() => ({ asked, timeMs }))
}

test('waits for an API that is still starting', async () => {
  const starting: AttackAnswer = { failure: 'network', detail: 'connect ECONNREFUSED' }
  expect(await waitFor([starting, starting, { status: 503 }, { status: 200 }], 30_000)).toEqual({ asked: 4, timeMs: 750 })
})

test('gives up when the time is over, and not before', async () => {
  await expect(waitFor([{ status: 503 }], 30_000)).rejects.toMatchObject({ code: 'attack_impossible' })
  expect(await waitFor([...Array.from({ length: 100 }, () => ({ status: 503 })), { status: 204 }], 30_000)).toEqual({
    asked: 101,
    timeMs: 25_000,
  })
})
