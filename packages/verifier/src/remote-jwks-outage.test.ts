import { describe, expect, it } from 'vitest'
import { settle } from '../test/fake-clock.js'
import { networkFailure } from '../test/fake-jwks-endpoint.js'
import { find, first, second, setUp } from '../test/remote-jwks-fixture.js'

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
    const { clock, endpoint, jwks } = setUp()
    const offCurve = { ...second.jwk, kid: 'off-curve', x: first.jwk.x }
    endpoint.keys = [offCurve as never, { kty: 'EC', crv: 'P-256', kid: 'no-point' }, first.jwk]
    expect(await find(jwks, 'first')).toEqual(['first'])
    const found = find(jwks, 'off-curve')
    await clock.advance(1000)
    expect(await found).toBe('key_unsuitable')
    expect(jwks.state().unusable).toEqual([
      { kid: 'no-point', reason: 'a coordinate is missing, or is not base64url' },
      { kid: 'off-curve', reason: 'the platform does not take it for a key' },
    ])
  })

  it('that breaks every entry neither replaces good keys nor makes a bad token of a good one', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(550_000)
    endpoint.keys = [{ ...first.jwk, use: 'enc' }]
    await find(jwks, 'first')
    await settle()
    await clock.advance(100_000)
    expect(await find(jwks, 'first')).toEqual(['first'])
    expect(jwks.state()).toMatchObject({
      failures: 2,
      lastError: { message: expect.stringContaining('/jwks answered with something unusable: the JWK Set has no key') as string },
    })
  })

  it('that breaks one entry is asked for again when a token names that entry, and mended within a second', async () => {
    const { clock, endpoint, jwks } = setUp()
    endpoint.keys = [{ ...first.jwk, use: 'enc' }, second.jwk]
    await find(jwks, 'second')
    await clock.advance(1000)
    expect(await find(jwks, 'first')).toBe('key_unsuitable')
    endpoint.keys = [first.jwk, second.jwk]
    await clock.advance(1000)
    expect(await find(jwks, 'first')).toEqual(['first'])
  })

  it('with no entry at all withdraws every key, and nothing can be decided', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    endpoint.keys = []
    await clock.advance(600_000)
    const found = find(jwks, 'first')
    await clock.advance(1000)
    expect(await found).toBe('keys_unavailable')
  })
})

describe('a withdrawn key', () => {
  it('is refused to everybody while the set is fetched, however long ago the last failure was', async () => {
    const { clock, endpoint, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(550_000)
    endpoint.answer = networkFailure
    await find(jwks, 'first')
    await settle()
    let release = () => {}
    endpoint.answer = () => new Promise((resolve) => (release = () => resolve(Response.json({ keys: [second.jwk] }))))
    await clock.advance(3_000_000)
    const found = Array.from({ length: 5 }, () => find(jwks, 'first'))
    await settle()
    release()
    await clock.advance(1000)
    release()
    await settle()
    expect(new Set((await Promise.all(found)).map(String))).toEqual(new Set(['key_not_found']))
  })
})

describe('a rotation during an outage', () => {
  it('is followed within seconds of its end, whatever invented kids were sent meanwhile', async () => {
    const { clock, endpoint, jwks } = setUp({ ttlMs: 3_600_000 })
    await find(jwks, 'first')
    endpoint.answer = networkFailure
    for (let elapsed = 0; elapsed < 600; elapsed += 1) {
      await clock.advance(1000)
      void find(jwks, `invented-${elapsed}`)
    }
    await settle()
    expect(endpoint.requests.length).toBeLessThan(70)
    endpoint.answer = undefined
    endpoint.keys = [first.jwk, second.jwk]
    const ended = clock.now()
    let found: string[] | string = 'never'
    while (clock.now() - ended < 60_000 && !Array.isArray(found)) {
      await clock.advance(1000)
      found = await find(jwks, 'second')
    }
    expect(found).toEqual(['second'])
    expect(clock.now() - ended).toBeLessThanOrEqual(16_000)
  })
})
