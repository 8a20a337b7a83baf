import { VerificationError, type AccessTokenVerifier, type DpopSupport } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'
import { common, orders, unavailable, verifier } from '../../test/orders-server.js'
import { requestFor } from '../../test/verifiers.js'
import type { ResourceServerEvent } from '../events.js'
import { createResourceServer } from '../resource-server.js'

const rejection = new VerificationError('invalid_token', 'dpop_nonce_required', 'the proof lacks a nonce', {
  challengeError: 'use_dpop_nonce',
})

/** Takes the token `good`, and wants a nonce for every other one. The one timer runs when it is told to. */
function serverWith(nonce: DpopSupport['nonce']) {
  const verify: AccessTokenVerifier['verify'] = (token) => (token === 'good' ? verifier.verify('good') : Promise.reject(rejection))
  const dpop: DpopSupport = { algorithms: ['ES256'], ...(nonce && { nonce }) }
  const events: ResourceServerEvent[] = []
  const timers: { callback: () => void; delayMs: number; isCancelled: boolean }[] = []
  const server = createResourceServer({
    verifier: { verify, senderConstraint: { required: false, mtls: false, dpop } },
    contract: orders,
    onEvent: (event) => events.push(event),
    startTimer: (callback, delayMs) => {
      const timer = { callback, delayMs, isCancelled: false }
      timers.push(timer)
      return () => void (timer.isCancelled = true)
    },
  })
  return { server, events, timers }
}

const never = () => new Promise<string>(() => {})
const useless: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['throws', () => raise(new Error('no secret'))],
  ['rejects', () => Promise.reject(new Error('no secret'))],
  ['gives nothing', () => undefined as never],
  ['gives null', () => null as never],
  ['gives a promise of a number', () => Promise.resolve(1 as never)],
  ['gives an empty one', () => ''],
  ['gives one that would end the header', () => 'a\r\nSet-Cookie: b'],
  ['gives one with a space', () => 'a b'],
  ['gives one with a quote', () => 'a"b'],
  ['gives an endless one', () => 'a'.repeat(1_025)],
]

describe('a nonce that is demanded', () => {
  test.each([
    ['at once', () => 'eyJ7S_zG.eyJH0-Z.HX4w-7v'],
    ['later', async () => 'eyJ7S_zG.eyJH0-Z.HX4w-7v'],
  ])('comes with the challenge, whether the verifier gives it %s', async (_, nonce) => {
    const { server } = serverWith(nonce)
    expect(await server.authenticate(requestFor('DPoP bad'))).toEqual({
      kind: 'refused',
      status: 401,
      headers: {
        ...common,
        'WWW-Authenticate':
          'DPoP realm="orders-api", error="use_dpop_nonce", ' +
          'error_description="The DPoP proof must carry the nonce that comes with this response.", algs="ES256"',
        'DPoP-Nonce': 'eyJ7S_zG.eyJH0-Z.HX4w-7v',
      },
      body: { error: 'use_dpop_nonce', error_description: 'The DPoP proof must carry the nonce that comes with this response.' },
      code: 'use_dpop_nonce',
      reason: 'dpop_nonce_required: the proof lacks a nonce',
    })
  })

  test('is another one each time', async () => {
    let count = 0
    const { server } = serverWith(() => `nonce-${++count}`)
    for (const nonce of ['nonce-1', 'nonce-2']) {
      expect(await server.authenticate(requestFor('DPoP bad'))).toMatchObject({ headers: { 'DPoP-Nonce': nonce } })
    }
  })

  test('is reported with the reason of the verifier', async () => {
    const { server, events } = serverWith(() => 'nonce')
    await server.authenticate(requestFor('DPoP bad'))
    const reason = 'dpop_nonce_required: the proof lacks a nonce'
    expect(events).toMatchObject([{ kind: 'authentication_failed', code: 'use_dpop_nonce', reason, cause: rejection }])
  })

  test.each([...useless, ['is none at all', undefined] as const])('leads to 503 if the verifier %s', async (_, nonce) => {
    const { server, events } = serverWith(nonce)
    expect(await server.authenticate(requestFor('DPoP bad'))).toMatchObject({ ...unavailable, code: 'unavailable' })
    const reason = 'a DPoP nonce is needed, and there is none'
    expect(events).toMatchObject([{ kind: 'unavailable', code: 'unavailable', reason, cause: expect.any(Error) }])
  })

  test('leads to 503 if it does not come within a second', async () => {
    const { server, events, timers } = serverWith(never)
    const outcome = server.authenticate(requestFor('DPoP bad'))
    await expect.poll(() => timers.length).toBe(1)
    expect(timers[0]?.delayMs).toBe(1_000)
    timers[0]?.callback()
    expect(await outcome).toMatchObject(unavailable)
    expect(events).toMatchObject([{ cause: new Error('the verifier gave no nonce within 1000 ms') }])
  })
})

describe('the next nonce', () => {
  test('comes with a good request under DPoP, which is not to be cached then', async () => {
    const { server, timers } = serverWith(async () => 'nonce')
    const outcome = await server.authenticate(requestFor('DPoP good'))
    expect(outcome).toMatchObject({ kind: 'authenticated', headers: { 'DPoP-Nonce': 'nonce', 'Cache-Control': 'no-store' } })
    expect(timers.map(({ isCancelled }) => isCancelled)).toEqual([true])
  })

  test.each([
    ['under Bearer', 'Bearer good', () => raise(new Error('not to be asked'))],
    ['where none is demanded', 'DPoP good', undefined],
  ])('does not come with a request %s', async (_, authorization, nonce) => {
    const outcome = await serverWith(nonce).server.authenticate(requestFor(authorization))
    expect([outcome.kind, Object.keys(outcome)]).toEqual(['authenticated', ['kind', 'principal']])
  })

  test.each(useless)('is left out, and the request goes on, if the verifier %s', async (_, nonce) => {
    const outcome = await serverWith(nonce).server.authenticate(requestFor('DPoP good'))
    expect(outcome).toMatchObject({ kind: 'authenticated', headers: undefined, principal: { sub: 'john' } })
  })

  test('is left out, and the request goes on, if it does not come within a second', async () => {
    const { server, timers } = serverWith(never)
    const outcome = server.authenticate(requestFor('DPoP good'))
    await expect.poll(() => timers.length).toBe(1)
    timers[0]?.callback()
    expect(await outcome).toMatchObject({ kind: 'authenticated', headers: undefined })
  })
})

function raise(error: Error): never {
  throw error
}
