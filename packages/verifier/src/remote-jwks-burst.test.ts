import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from '../test/fake-clock.js'
import { createTestKey } from '../test/token-factory.js'
import type { AccessTokenError } from './access-token-error.js'
import { createRemoteJwks } from './remote-jwks.js'

const key = await createTestKey('2026')

/** A source whose second fetch hangs until it is let go. */
function createHanging() {
  const clock = createFakeClock()
  let release = (): void => {}
  let fetches = 0
  const fetch = () => {
    fetches += 1
    if (fetches === 1) return Promise.resolve(Response.json({ keys: [key.jwk] }))
    return new Promise<Response>((resolve) => (release = () => resolve(Response.json({ keys: [key.jwk] }))))
  }
  const keys = createRemoteJwks({ jwksUri: 'https://login.example.com/jwks', fetch, now: clock.now, sleep: clock.sleep, random: () => 0 })
  return { clock, keys, release: () => release() }
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
  await settle()
  for (let turn = 0; turn < 2000 && codes.length < 10_050; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1))
  expect(codes).toHaveLength(10_050)
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
    await settle()
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
    await settle()
    expect(outcomes).toHaveLength(10_003)
    await clock.advance(5000)
    const asked = ask()
    await settle()
    end(Response.json({ keys: [key.jwk] }))
    await asked
    expect(outcomes.at(-1)).toBe('1 key')
  })
})
