import { describe, expect, it } from 'vitest'
import type { RemoteJwksSettings } from '../src/remote-jwks-options.js'
import { createJwtVerifier } from '../src/jwt-verifier.js'
import { createRemoteJwks } from '../src/remote-jwks.js'
import { createFakeClock } from './fake-clock.js'
import { createFakeIssuer } from './fake-issuer.js'
import { createTestKey } from './token-factory.js'
import { outcome } from './verdict.js'
import { audience, claims, issuer, key, now } from './verifier-fixture.js'

const fresh = await createTestKey('fresh')
const attacker = await createTestKey('attacker')

/** A verifier that discovers its keys from an issuer, on a fake clock. Its tokens never expire here. */
function setUp(settings: RemoteJwksSettings = {}) {
  const clock = createFakeClock(now)
  const fake = createFakeIssuer(clock.now, [key.jwk])
  const keys = createRemoteJwks({ issuer, fetch: fake.fetch, now: clock.now, sleep: clock.sleep, random: () => 0.5, ...settings })
  return { clock, fake, keys, verifier: createJwtVerifier({ issuer, audience, keys, now: clock.now }) }
}

const token = await key.sign({ ...claims, exp: now / 1000 + 86_400 })

describe('1,000 cold verifications at once', () => {
  it('cause one discovery and one fetch of the key set', async () => {
    const { fake, verifier } = setUp()
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => outcome(verifier.verify(token))))
    expect(new Set(outcomes)).toEqual(new Set(['accepted']))
    expect(fake.requests.map(({ url }) => url)).toEqual([fake.metadataUrl, fake.jwksUri])
  })

  it('of an issuer that is down cause one request, and are all unavailable', async () => {
    const { fake, verifier } = setUp()
    fake.isDown = true
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => outcome(verifier.verify(token))))
    expect(new Set(outcomes)).toEqual(new Set(['unavailable keys_unavailable']))
    expect(fake.requests).toHaveLength(1)
  })
})

describe('20,000 tokens with kids that were made up, in 10 s', () => {
  it('cause at most 12 fetches, and a key that is new meanwhile is accepted within 2 s', async () => {
    const { clock, fake, keys, verifier } = setUp()
    const [, payload, signature] = (await attacker.sign(claims)).split('.')
    const invented = (n: number) => {
      const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: `invented-${n}` })).toString('base64url')
      return `${header}.${payload}.${signature}`
    }
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    const refused: Promise<string>[] = []
    let acceptedAfterMs = Number.POSITIVE_INFINITY
    for (let tick = 0; tick < 1000; tick += 1) {
      for (let n = 0; n < 20; n += 1) refused.push(outcome(verifier.verify(invented(tick * 20 + n))))
      if (tick === 520) {
        fake.keys = [key.jwk, fresh.jwk]
        void measure(fresh.sign(claims))
      }
      // The known key goes on as if nothing were the matter.
      if (tick % 100 === 0) expect(await outcome(verifier.verify(token))).toBe('accepted')
      await clock.advance(10)
    }
    const fetches = fake.requestsTo(fake.jwksUri).filter((at) => at < now + 10_000)
    expect(fetches.length).toBeLessThanOrEqual(12)
    expect(fetches.length).toBeGreaterThan(5)
    expect(fake.requestsTo(fake.metadataUrl)).toHaveLength(1)
    await clock.advance(2000)
    const outcomes = await Promise.all(refused)
    expect(outcomes).toHaveLength(20_000)
    expect(new Set(outcomes)).toEqual(new Set(['invalid_token key_not_found']))
    expect(acceptedAfterMs).toBeLessThanOrEqual(2000)
    expect(keys.state().missing).toBe(1000)

    async function measure(signed: Promise<string>): Promise<void> {
      const presentedAt = clock.now()
      if ((await outcome(verifier.verify(await signed))) === 'accepted') acceptedAfterMs = clock.now() - presentedAt
    }
  }, 60_000)

  it('do not turn into outages for the keys that are held when the issuer goes down under them', async () => {
    const { clock, fake, verifier } = setUp()
    await verifier.verify(token)
    fake.isDown = true
    fake.requests.length = 0
    for (let seconds = 0; seconds < 60; seconds += 1) {
      const invented = Array.from({ length: 20 }, (_, n) => attacker.sign(claims, { kid: `invented-${seconds}-${n}` }))
      const outcomes = Promise.all(invented.map(async (signed) => outcome(verifier.verify(await signed))))
      await clock.advance(1000)
      expect(new Set(await outcomes)).toEqual(new Set(['unavailable keys_unavailable']))
      expect(await outcome(verifier.verify(token))).toBe('accepted')
    }
    expect(fake.requests.length).toBeLessThanOrEqual(8)
  })
})

describe('an issuer that is down', () => {
  it('has its tokens accepted for exactly the configured time, asked at most once a second, and less and less', async () => {
    const { clock, fake, verifier } = setUp({ staleIfErrorMs: 1_200_000 })
    await verifier.verify(token)
    fake.isDown = true
    fake.requests.length = 0
    const outcomes: string[] = []
    for (let seconds = 1; seconds <= 1900; seconds += 1) {
      await clock.advance(1000)
      outcomes.push(await outcome(verifier.verify(token)))
    }
    // 600 s fresh and 1,200 s more: the last second of them is the 1,799th.
    expect(outcomes.slice(0, 1799)).toEqual(Array.from({ length: 1799 }, () => 'accepted'))
    expect(outcomes.slice(1799)).toEqual(Array.from({ length: 101 }, () => 'unavailable keys_unavailable'))
    const gaps = fake.requests.slice(1).map(({ at }, index) => at - Number(fake.requests[index]?.at))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000)
    expect(gaps.slice(0, 6)).toEqual(gaps.slice(0, 6).toSorted((a, b) => a - b))
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(60_000)
    expect(fake.requests.length).toBeLessThan(30)
    fake.isDown = false
    await clock.advance(100_000)
    expect(await outcome(verifier.verify(token))).toBe('accepted')
  })
})
