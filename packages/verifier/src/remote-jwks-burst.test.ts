import type { JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from '../test/fake-clock.js'
import { createTestKey } from '../test/token-factory.js'
import type { AccessTokenError } from './access-token-error.js'
import { createRemoteJwks } from './remote-jwks.js'

const key = await createTestKey('2026')

const other = await createTestKey('other')

/** A source whose fetches hang until they are let go, but the first ones. */
function createHanging(prompt = 1) {
  const clock = createFakeClock()
  let release: (response: Response) => void = () => {}
  let fetches = 0
  const fetch = () => {
    fetches += 1
    if (fetches <= prompt) return Promise.resolve(Response.json({ keys: [key.jwk] }))
    return new Promise<Response>((resolve) => (release = resolve))
  }
  const keys = createRemoteJwks({ jwksUri: 'https://login.example.com/jwks', fetch, now: clock.now, sleep: clock.sleep, random: () => 0 })
  return { clock, keys, release: (response = Response.json({ keys: [key.jwk] })) => release(response) }
}

/** Gives the event loop its turns until something has come about. */
async function until(isSo: () => boolean, afterTurn: (before: number) => void = () => {}, count: () => number = () => 0): Promise<void> {
  while (!isSo()) {
    const before = count()
    await new Promise((resolve) => setImmediate(resolve))
    afterTurn(before)
  }
}

it.each([
  [
    'keys by names that are not known',
    (keys: ReturnType<typeof createRemoteJwks>, n: number) => keys.keysFor({ alg: 'ES256', kid: `k${n}` }),
  ],
  ['newer keys', (keys: ReturnType<typeof createRemoteJwks>) => keys.newerKeysFor({ alg: 'ES256' })],
])('10,000 at most wait for %s', async (_, ask) => {
  const { clock, keys, release } = createHanging()
  await keys.keysFor({ alg: 'ES256', kid: '2026' })
  await clock.advance(5000)
  const codes: string[] = []
  for (let n = 0; n < 10_050; n += 1) {
    Promise.resolve(ask(keys, n)).then(
      () => codes.push('answered'),
      (error: { code: string }) => codes.push(error.code),
    )
  }
  await settle()
  expect(codes).toEqual(Array.from({ length: 50 }, () => 'keys_unavailable'))
  release()
  await until(() => codes.length === 10_050)
})

describe('of those who are told all at once', () => {
  const fetched = (keys: readonly JWK[]) => Response.json({ keys })
  const failed = () => new Response('', { status: 500 })

  it.each<[string, boolean, (keys: ReturnType<typeof createRemoteJwks>, n: number) => unknown, () => Response]>([
    ['the keys that they came for', false, (keys) => keys.keysFor({ alg: 'ES256', kid: '2026' }), () => fetched([key.jwk])],
    ['that there is no such key', false, (keys, n) => keys.keysFor({ alg: 'ES256', kid: `k${n}` }), () => fetched([key.jwk])],
    ['that there are no keys', false, (keys) => keys.keysFor({ alg: 'ES256', kid: '2026' }), failed],
    ['newer keys', true, (keys) => keys.newerKeysFor({ alg: 'ES256' }), () => fetched([other.jwk])],
    ['that there are no newer keys', true, (keys) => keys.newerKeysFor({ alg: 'ES256' }), failed],
  ])('a few go on in each turn of the event loop when it is %s', async (_, isWarm, ask, answer) => {
    const { clock, keys, release } = createHanging(isWarm ? 1 : 0)
    if (isWarm) await keys.keysFor({ alg: 'ES256', kid: '2026' })
    await clock.advance(5000)
    let told = 0
    const tell = () => (told += 1)
    for (let n = 0; n < 500; n += 1) Promise.resolve(ask(keys, n)).then(tell, tell)
    await settle()
    release(answer())
    let most = 0
    await until(
      () => told === 500,
      (before) => (most = Math.max(most, told - before)),
      () => told,
    )
    // 32 as they hear of it, and 32 in each turn, of which the first may be the same.
    expect(most).toBeLessThanOrEqual(64)
  })
})

describe('tokens that come before there are any keys', () => {
  const hung = () => {
    const clock = createFakeClock()
    let end: (response: Response) => void = () => {}
    const fetch = () => new Promise<Response>((resolve) => (end = resolve))
    const keys = createRemoteJwks({ jwksUri: 'https://login.example.com/jwks', fetch, now: clock.now, sleep: clock.sleep, random: () => 0 })
    const outcomes: string[] = []
    const ask = () =>
      Promise.resolve(keys.keysFor({ alg: 'ES256', kid: '2026' })).then(
        (found) => outcomes.push(`${found.length} key`),
        (error: AccessTokenError) => outcomes.push(`${error.outcome} ${error.code} ${error.retryAfterSeconds}`),
      )
    for (let n = 0; n < 10_003; n += 1) void ask()
    return { clock, ask, outcomes, end: (response: Response) => end(response) }
  }
  const refusals = Array.from({ length: 3 }, () => 'unavailable keys_unavailable 1')

  it('wait for the first fetch, 10,000 at most, and more of them are told to come back', async () => {
    const { ask, outcomes, end } = hung()
    await settle()
    expect(outcomes).toEqual(refusals)
    end(Response.json({ keys: [key.jwk] }))
    await until(() => outcomes.length === 10_003)
    expect(outcomes.slice(3)).toEqual(Array.from({ length: 10_000 }, () => '1 key'))
    await ask()
    expect(outcomes.at(-1)).toBe('1 key')
  })

  it('do not keep others out for ever where they were cut off', async () => {
    const { clock, ask, outcomes, end } = hung()
    await clock.advance(180_000)
    const asked = ask()
    await settle()
    end(Response.json({ keys: [key.jwk] }))
    await asked
    expect(outcomes.at(-1)).toBe('1 key')
  })

  it('leave their places when the fetch fails', async () => {
    const { clock, ask, outcomes, end } = hung()
    await settle()
    end(new Response('', { status: 500 }))
    await until(() => outcomes.length === 10_003)
    await clock.advance(5000)
    const asked = ask()
    await settle()
    end(Response.json({ keys: [key.jwk] }))
    await asked
    expect(outcomes.at(-1)).toBe('1 key')
  })
})
