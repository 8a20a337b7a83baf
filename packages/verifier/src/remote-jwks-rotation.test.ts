import { describe, expect, it } from 'vitest'
import { settle } from '../test/fake-clock.js'
import { find, first, second, setUp } from '../test/remote-jwks-fixture.js'

describe('a rotation', () => {
  it('is followed at once, however fresh the keys are', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(5000)
    endpoint.keys = [first.jwk, second.jwk]
    expect(await find(jwks, 'second')).toEqual(['second'])
    expect(endpoint.requests).toHaveLength(2)
  })

  it('that comes right after a fetch is followed within the cooldown', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    endpoint.keys = [first.jwk, second.jwk]
    const found = find(jwks, 'second')
    await clock.advance(1000)
    expect(await found).toEqual(['second'])
  })

  it('is not kept out by somebody who asked for the new kid before it was published', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    for (let turn = 0; turn < 60; turn += 1) {
      const refused = find(jwks, 'second')
      await clock.advance(1000)
      expect(await refused).toBe('key_not_found')
    }
    endpoint.keys = [first.jwk, second.jwk]
    const rotatedAt = clock.now()
    let found: string[] | string = 'never'
    while (clock.now() - rotatedAt < 2000 && !Array.isArray(found)) {
      const attempt = find(jwks, 'second')
      await clock.advance(500)
      found = await attempt
    }
    expect(found).toEqual(['second'])
  })

  it('is accepted within 2 s while 20,000 invented kids arrive in 10 s, which cause at most 12 fetches', async () => {
    const { clock, endpoint, jwks } = setUp()
    const started = clock.now()
    const refused: Promise<string[] | string>[] = []
    let acceptedAfter: number | undefined
    for (let tick = 0; tick < 1000; tick += 1) {
      for (let n = 0; n < 20; n += 1) refused.push(find(jwks, `invented-${tick}-${n}`))
      if (tick === 520) {
        endpoint.keys = [first.jwk, second.jwk]
        const presentedAt = clock.now()
        const present = async () => {
          if (String(await find(jwks, 'second')) === 'second') acceptedAfter = clock.now() - presentedAt
        }
        void present()
      }
      await clock.advance(10)
    }
    await clock.advance(2000)
    const answers = await Promise.all(refused)
    expect(answers).toHaveLength(20_000)
    expect(new Set(answers)).toEqual(new Set(['key_not_found']))
    expect(endpoint.requests.filter((time) => time < started + 10_000).length).toBeLessThanOrEqual(12)
    expect(endpoint.requests.length).toBeGreaterThan(5)
    expect(acceptedAfter).toBeLessThanOrEqual(2000)
    expect(jwks.state().missing).toBe(1000)
  }, 60_000)

  it('answers for a kid that was found missing a moment ago without another fetch', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(5000)
    expect(await find(jwks, 'invented')).toBe('key_not_found')
    expect(await find(jwks, 'invented')).toBe('key_not_found')
    expect(endpoint.requests).toHaveLength(2)
  })

  it('is waited for by ten thousand tokens at once, and more are told to come back', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    const waiting = Array.from({ length: 10_000 }, (_, n) => find(jwks, `invented-${n}`))
    await expect(jwks.keysFor({ alg: 'ES256', kid: 'one-too-many' })).rejects.toMatchObject({
      code: 'keys_unavailable',
      retryAfterSeconds: 1,
    })
    expect(await find(jwks, 'first')).toEqual(['first'])
    await clock.advance(1000)
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['key_not_found']))
    const afterwards = find(jwks, 'one-too-many')
    await clock.advance(1000)
    expect(await afterwards).toBe('key_not_found')
    expect(endpoint.requests).toHaveLength(3)
  })

  it('is not looked for on behalf of a kid of 10 kB', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(5000)
    expect(await find(jwks, 'k'.repeat(10_000))).toBe('key_not_found')
    expect(endpoint.requests).toHaveLength(1)
    expect(jwks.state().missing).toBe(0)
  })

  it('of an issuer without kids is found by the caller whose signature matched no key', async () => {
    const { clock, endpoint, jwks } = setUp()
    const { kid: _, ...anonymous } = second.jwk
    await find(jwks, undefined)
    await clock.advance(5000)
    endpoint.keys = [anonymous]
    const newer = await jwks.newerKeysFor({ alg: 'ES256' })
    expect(newer.map(({ jwk }) => jwk.x)).toEqual([second.jwk.x])
    expect(await jwks.newerKeysFor({ alg: 'ES256' })).toEqual([])
    expect(endpoint.requests).toHaveLength(2)
  })
})

describe('a caller without keys yet', () => {
  it('that names an unknown kid is refused after one fetch: what was fetched for it is as new as can be', async () => {
    const { endpoint, jwks } = setUp()
    expect(await find(jwks, 'invented')).toBe('key_not_found')
    expect(await find(jwks, 'invented')).toBe('key_not_found')
    expect(endpoint.requests).toHaveLength(1)
  })

  it('that joins a fetch which was under way waits for a newer one', async () => {
    const { clock, endpoint, jwks } = setUp()
    let answer: (response: Response) => void = () => {}
    endpoint.answer = () => new Promise((resolve) => (answer = resolve))
    const known = find(jwks, 'first')
    await clock.advance(2000)
    const rotated = find(jwks, 'second')
    await settle()
    endpoint.answer = undefined
    endpoint.keys = [first.jwk, second.jwk]
    answer(Response.json({ keys: [first.jwk] }))
    expect(await known).toEqual(['first'])
    expect(await rotated).toEqual(['second'])
    expect(endpoint.requests).toHaveLength(2)
  })
})

describe('a rotation, on a clock', () => {
  it('that was set back, is followed as on any other', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(-86_400_000)
    endpoint.keys = [second.jwk]
    const found = find(jwks, 'second')
    await clock.advance(1000)
    expect(await found).toEqual(['second'])
  })

  it('that stands still, is followed after the cooldown has been waited for', async () => {
    const { endpoint, jwks } = setUp({ sleep: () => Promise.resolve() })
    await find(jwks, 'first')
    endpoint.keys = [second.jwk]
    expect(await find(jwks, 'second')).toEqual(['second'])
  })

  it('that jumped ahead, is followed, and the keys that are too old by then are not used unless confirmed', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(86_400_000)
    endpoint.keys = [second.jwk]
    expect(await find(jwks, 'first')).toBe('key_not_found')
    expect(await find(jwks, 'second')).toEqual(['second'])
  })
})
