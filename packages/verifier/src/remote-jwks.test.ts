import { describe, expect, it } from 'vitest'
import { settle } from '../test/fake-clock.js'
import { find, first, second, setUp } from '../test/remote-jwks-fixture.js'

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

describe('options', () => {
  it.each([
    [{ ttlMs: Number.NaN }, 'ttlMs must be a number'],
    [{ cooldownMs: 0 }, 'cooldownMs must be a number, at least 1'],
    [{ maxTtlMs: 1 }, 'maxTtlMs must be a number, at least 600000'],
    [{ timeoutMs: '5' as never }, 'timeoutMs must be a number'],
    [{ jwksUri: 'http://login.example.com/jwks' }, 'jwksUri must be an https URL'],
    [{ ttlMs: 600_000, ttl: 5 }, 'createRemoteJwks has no option "ttl": it has jwksUri, issuer, ttlMs'],
  ])('%o is refused with the fix', (settings, message) => {
    expect(() => setUp(settings)).toThrow(message)
  })
})
