import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from '../test/fake-clock.js'
import { createFakeIssuer } from '../test/fake-issuer.js'
import { find, first, second } from '../test/remote-jwks-fixture.js'
import { createRemoteJwks } from './remote-jwks.js'

const movedTo = 'https://keys.example.com/set'

function setUp() {
  const clock = createFakeClock()
  const fake = createFakeIssuer(clock.now, [first.jwk])
  const options = { issuer: fake.issuer, fetch: fake.fetch, now: clock.now, sleep: clock.sleep, random: () => 0.5 }
  return { clock, fake, jwks: createRemoteJwks(options) }
}

describe('the key set of an issuer', () => {
  it('is discovered by the first caller, for all who come with it', async () => {
    const { fake, jwks } = setUp()
    const found = await Promise.all(Array.from({ length: 100 }, () => find(jwks, 'first')))
    expect(new Set(found.map(String))).toEqual(new Set(['first']))
    expect(fake.requests.map(({ url }) => url)).toEqual([fake.metadataUrl, fake.jwksUri])
    expect(jwks.state().jwksUri).toBe(fake.jwksUri)
  })

  it.each([
    ['of another issuer', { issuer: 'https://login.example.com/' }, /says that its issuer is "https:\/\/login.example.com\/"/],
    ['without jwks_uri', { jwks_uri: undefined }, /"jwks_uri" is missing/],
  ])('with metadata %s is unavailable, with the reason and nothing else fetched', async (_, members, reason) => {
    const { fake, jwks } = setUp()
    Object.assign(fake.metadata, members)
    await expect(jwks.keysFor({ alg: 'ES256', kid: 'first' })).rejects.toMatchObject({
      code: 'keys_unavailable',
      outcome: 'unavailable',
      message: expect.stringMatching(reason),
    })
    expect(fake.requestsTo(fake.jwksUri)).toEqual([])
  })

  it('outlives an outage of the metadata', async () => {
    const { clock, fake, jwks } = setUp()
    await find(jwks, 'first')
    fake.answers.set(fake.metadataUrl, () => new Response('', { status: 503 }))
    for (let minutes = 0; minutes < 48 * 60; minutes += 5) {
      await clock.advance(300_000)
      expect(await find(jwks, 'first')).toEqual(['first'])
    }
    expect(jwks.state()).toMatchObject({ failures: 0, lastError: undefined })
  })

  it('is found within seconds when it has moved and the old place is gone', async () => {
    const { clock, fake, jwks } = setUp()
    await find(jwks, 'first')
    fake.jwksUri = movedTo
    fake.metadata.jwks_uri = movedTo
    fake.keys = [second.jwk]
    await clock.advance(5000)
    expect(await find(jwks, 'second')).toBe('keys_unavailable')
    await clock.advance(1250)
    expect(await find(jwks, 'second')).toEqual(['second'])
    expect(jwks.state().jwksUri).toBe(movedTo)
  })

  it('is found when it has moved and the old place still answers with the old keys', async () => {
    const { clock, fake, jwks } = setUp()
    await find(jwks, 'first')
    fake.answers.set(fake.jwksUri, () => Response.json({ keys: [first.jwk] }))
    fake.jwksUri = movedTo
    fake.metadata.jwks_uri = movedTo
    fake.keys = [second.jwk]
    await clock.advance(300_000)
    expect(await find(jwks, 'second')).toBe('key_not_found')
    await settle()
    await clock.advance(1000)
    expect(await find(jwks, 'second')).toEqual(['second'])
  })

  it('is asked for one document at a time during an outage, at most once a second', async () => {
    const { clock, fake, jwks } = setUp()
    await find(jwks, 'first')
    await clock.advance(500_000)
    fake.isDown = true
    fake.requests.length = 0
    for (let seconds = 0; seconds < 600; seconds += 1) {
      expect(await find(jwks, 'first')).toEqual(['first'])
      await clock.advance(1000)
    }
    const gaps = fake.requests.slice(1).map(({ at }, index) => at - Number(fake.requests[index]?.at))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000)
    expect(fake.requestsTo(fake.metadataUrl).length).toBeGreaterThan(3)
    expect(fake.requestsTo(fake.jwksUri).length).toBeGreaterThan(3)
  })

  it('is refused at construction when the issuer cannot be one', () => {
    expect(() => createRemoteJwks({ issuer: 'https://login.example.com?tenant=1' })).toThrow('neither a query nor a fragment')
  })
})
