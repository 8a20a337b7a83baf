import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from '../test/fake-clock.js'
import { createFakeJwksEndpoint, networkFailure } from '../test/fake-jwks-endpoint.js'
import { createTestKey } from '../test/token-factory.js'
import { createRemoteJwks, type RemoteJwks } from './remote-jwks.js'

const first = await createTestKey('first')
const second = await createTestKey('second')

function setUp(settings: Partial<Parameters<typeof createRemoteJwks>[0]> = {}) {
  const clock = createFakeClock()
  const endpoint = createFakeJwksEndpoint(clock.now, [first.jwk])
  const options = { fetch: endpoint.fetch, now: clock.now, sleep: clock.sleep, random: () => 0.5 }
  const jwks = createRemoteJwks({ jwksUri: endpoint.uri, ...options, ...settings })
  return { clock, endpoint, jwks, options }
}

/** The kids that are found, or the code of the error; settles without the clock moving, or stays pending. */
async function find(jwks: RemoteJwks, kid: string | undefined): Promise<string[] | string> {
  try {
    const keys = await jwks.keysFor({ alg: 'ES256', kid })
    return keys.map((key) => String(key.kid))
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a healthy issuer', () => {
  it('is asked once by a thousand cold callers', async () => {
    const { endpoint, jwks } = setUp()
    const found = await Promise.all(Array.from({ length: 1000 }, () => find(jwks, 'first')))
    expect(new Set(found.map(String))).toEqual(new Set(['first']))
    expect(endpoint.requests).toHaveLength(1)
  })

  it('is not asked again while its keys are fresh', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(400_000)
    expect(await find(jwks, 'first')).toEqual(['first'])
    expect(endpoint.requests).toHaveLength(1)
  })

  it('is asked in the background before the time ends, and nobody waits for the answer', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(490_000)
    endpoint.answer = () => new Promise(() => {})
    const keys = jwks.keysFor({ alg: 'ES256', kid: 'first' })
    expect(keys).not.toBeInstanceOf(Promise)
    await settle()
    expect(endpoint.requests).toHaveLength(2)
  })

  it('refreshes at a moment that differs from process to process', async () => {
    const moments = [0, 0.999].map(async (random) => {
      const { jwks } = setUp({ random: () => random })
      await find(jwks, 'first')
      const { fetchedAt, nextRefreshAt } = jwks.state()
      return nextRefreshAt - (fetchedAt ?? 0)
    })
    const [earliest, latest] = await Promise.all(moments)
    expect(earliest).toBe(420_000)
    expect(latest).toBeCloseTo(539_880)
  })

  it('says by max-age how long its keys are fresh, within bounds', async () => {
    const lifetimes = ['max-age=1800', 'max-age=5', 'max-age=999999', 'no-store', 'public'].map(async (cacheControl) => {
      const { endpoint, jwks } = setUp()
      endpoint.headers = { 'cache-control': cacheControl }
      await find(jwks, 'first')
      const { fetchedAt, freshUntil } = jwks.state()
      return Number(freshUntil) - Number(fetchedAt)
    })
    expect(await Promise.all(lifetimes)).toEqual([1_800_000, 60_000, 3_600_000, 60_000, 600_000])
  })

  it('confirms by ETag that nothing has changed', async () => {
    const { clock, endpoint, jwks } = setUp()
    endpoint.headers = { etag: '"v1"' }
    await find(jwks, 'first')
    await clock.advance(700_000)
    let asked: string | null = null
    endpoint.answer = (headers) => {
      asked = headers.get('if-none-match')
      return new Response(null, { status: 304, headers: { 'cache-control': 'max-age=1200' } })
    }
    expect(await find(jwks, 'first')).toEqual(['first'])
    expect(asked).toBe('"v1"')
    expect(Number(jwks.state().freshUntil) - clock.now()).toBe(1_200_000)
  })

  it('that withdraws a key has it refused when the time of the key set is over', async () => {
    const { clock, endpoint, jwks } = setUp()
    endpoint.keys = [first.jwk, second.jwk]
    expect(await find(jwks, 'first')).toEqual(['first'])
    endpoint.keys = [second.jwk]
    await clock.advance(600_000)
    const found = find(jwks, 'first')
    await clock.advance(1000)
    expect(await found).toBe('key_not_found')
  })
})

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

describe('an outage', () => {
  it('leaves the keys usable for the configured time, with fewer and fewer fetches', async () => {
    const { clock, endpoint, jwks } = setUp({ staleIfErrorMs: 1_200_000 })
    await find(jwks, 'first')
    endpoint.requests.length = 0
    endpoint.answer = networkFailure
    const outcomes: string[] = []
    for (let seconds = 0; seconds < 1900; seconds += 1) {
      await clock.advance(1000)
      outcomes.push(String(await find(jwks, 'first')))
    }
    // 600 s fresh and 1,200 s more
    expect(outcomes.lastIndexOf('first')).toBe(1798)
    expect(outcomes.slice(1799)).toEqual(Array.from({ length: 101 }, () => 'keys_unavailable'))
    const gaps = endpoint.requests.slice(1).map((time, index) => time - Number(endpoint.requests[index]))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000)
    expect(gaps.slice(0, 6)).toEqual(gaps.slice(0, 6).toSorted((a, b) => a - b))
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(60_000)
    expect(endpoint.requests.length).toBeLessThan(30)
  })

  it('at the very start is unavailable, tells when to come back, and is not hammered', async () => {
    const { clock, endpoint, jwks } = setUp()
    endpoint.answer = networkFailure
    for (let tick = 0; tick < 100; tick += 1) {
      await expect(jwks.keysFor({ alg: 'ES256', kid: 'first' })).rejects.toMatchObject({
        code: 'keys_unavailable',
        outcome: 'unavailable',
        retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds >= 1 && seconds <= 13),
      })
      await clock.advance(100)
    }
    expect(endpoint.requests.length).toBeLessThanOrEqual(5)
  })

  it('does not decide about a kid that is not known: unavailable, not a bad token', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(5000)
    endpoint.answer = networkFailure
    expect(await find(jwks, 'second')).toBe('keys_unavailable')
    expect(await find(jwks, 'first')).toEqual(['first'])
  })

  it('that ends is noticed, and the old pace returns', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    endpoint.answer = networkFailure
    await clock.advance(700_000)
    expect(await find(jwks, 'first')).toEqual(['first'])
    expect(jwks.state().failures).toBe(1)
    endpoint.answer = undefined
    await clock.advance(2000)
    await find(jwks, 'first')
    await settle()
    expect(jwks.state()).toMatchObject({ failures: 0, lastError: undefined, fetchedAt: clock.now() })
  })

  it('without a stale time ends in unavailable as soon as the keys are no longer fresh', async () => {
    const { clock, endpoint, jwks } = setUp({ staleIfErrorMs: 0 })
    await find(jwks, 'first')
    endpoint.answer = networkFailure
    await clock.advance(600_000)
    expect(await find(jwks, 'first')).toBe('keys_unavailable')
  })

  it('of the kind that never answers makes one caller wait for the limit, and nobody after that', async () => {
    const { clock, endpoint, jwks } = setUp({ timeoutMs: 20 })
    await find(jwks, 'first')
    await clock.advance(700_000)
    endpoint.answer = () => new Promise(() => {})
    expect(await find(jwks, 'first')).toEqual(['first'])
    expect(jwks.keysFor({ alg: 'ES256', kid: 'first' })).not.toBeInstanceOf(Promise)
  })
})

describe('a broken document', () => {
  it.each([
    ['an error', () => new Response('{}', { status: 500 })],
    ['HTML', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['10 MB', () => new Response(`{"keys":[],"x":"${'x'.repeat(10_000_000)}"}`, { headers: { 'content-type': 'application/json' } })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/jwks' } })],
    ['no JSON', () => new Response('{"keys":', { headers: { 'content-type': 'application/json' } })],
    ['no JWK Set', () => Response.json({ key: [] })],
    ['an empty JWK Set', () => Response.json({ keys: [] })],
    ['a JWK Set of entries that cannot be used', () => Response.json({ keys: [null, 1, {}, { kty: 'oct', k: 'AAAA' }] })],
    ['too many keys', () => Response.json({ keys: Array.from({ length: 101 }, () => first.jwk) })],
  ])('of %s is an outage, not a bad token', async (_, answer) => {
    const { clock, endpoint, jwks } = setUp()
    endpoint.answer = answer
    const found = find(jwks, 'first')
    await clock.advance(1000)
    expect(await found).toBe('keys_unavailable')
  })

  it('does not lose the keys that came before it', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    endpoint.answer = () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
    await clock.advance(700_000)
    expect(await find(jwks, 'first')).toEqual(['first'])
  })

  it('is read around where entries are broken, and says why', async () => {
    const { endpoint, jwks } = setUp()
    const offCurve = { ...second.jwk, kid: 'off-curve', x: first.jwk.x }
    endpoint.keys = [offCurve as never, { kty: 'EC', crv: 'P-256', kid: 'no-point' }, first.jwk]
    expect(await find(jwks, 'first')).toEqual(['first'])
    expect(await find(jwks, 'off-curve')).toBe('key_unsuitable')
    expect(jwks.state().unusable).toEqual([
      { kid: 'no-point', reason: 'a coordinate is missing, or is not base64url' },
      { kid: 'off-curve', reason: 'its numbers are not a key' },
    ])
  })
})

describe('a snapshot', () => {
  it('starts the next run without a fetch', async () => {
    const { endpoint, jwks, options } = setUp()
    await find(jwks, 'first')
    const seed = JSON.parse(JSON.stringify(jwks.export()))
    const next = createRemoteJwks({ jwksUri: endpoint.uri, ...options, seed })
    expect(await find(next, 'first')).toEqual(['first'])
    expect(endpoint.requests).toHaveLength(1)
  })

  it('that has expired is used only if the issuer cannot be asked', async () => {
    const { clock, endpoint, jwks, options } = setUp()
    await find(jwks, 'first')
    const seed = jwks.export()
    await clock.advance(700_000)
    endpoint.keys = [second.jwk]
    const online = createRemoteJwks({ jwksUri: endpoint.uri, ...options, ...(seed && { seed }) })
    expect(await find(online, 'second')).toEqual(['second'])
    endpoint.answer = networkFailure
    const offline = createRemoteJwks({ jwksUri: endpoint.uri, ...options, ...(seed && { seed }) })
    expect(await find(offline, 'first')).toEqual(['first'])
  })

  it('does not live longer than the bounds allow, whatever it says', async () => {
    const { clock, endpoint, jwks, options } = setUp()
    await find(jwks, 'first')
    const seed = { ...jwks.export()!, expiresAt: clock.now() * 2 }
    const next = createRemoteJwks({ jwksUri: endpoint.uri, ...options, seed })
    expect(Number(next.state().freshUntil) - clock.now()).toBe(3_600_000)
  })

  it('is refused when it is something else', () => {
    expect(() => setUp({ seed: {} as never })).toThrow('seed must be what export() gave')
  })
})

describe('options', () => {
  it.each([
    [{ ttlMs: Number.NaN }, 'ttlMs must be a number'],
    [{ cooldownMs: 0 }, 'cooldownMs must be a number, at least 1'],
    [{ maxTtlMs: 1 }, 'maxTtlMs must be a number, at least 600000'],
    [{ timeoutMs: '5' as never }, 'timeoutMs must be a number'],
    [{ jwksUri: 'http://login.example.com/jwks' }, 'jwksUri must be an https URL'],
  ])('%o is refused with the fix', (settings, message) => {
    expect(() => setUp(settings)).toThrow(message)
  })
})
