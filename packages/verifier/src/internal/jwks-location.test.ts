import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from '../../test/fake-clock.js'
import { createFakeIssuer } from '../../test/fake-issuer.js'
import { createJwksLocator } from './jwks-location.js'

function setUp(issuer?: string, lastKnown?: string) {
  const clock = createFakeClock()
  const fake = createFakeIssuer(clock.now, [], issuer)
  const locator = createJwksLocator({ issuer: fake.issuer }, { lastKnown, fetch: fake.fetch, timeoutMs: 1000, now: clock.now })
  return { clock, fake, locator }
}

describe('a key set at a URL', () => {
  it('is there, whatever happens', async () => {
    const jwksUri = 'https://login.example.com/jwks'
    const locator = createJwksLocator({ jwksUri }, { lastKnown: undefined, fetch: undefined, timeoutMs: 1000, now: Date.now })
    expect(await locator.locate()).toBe(jwksUri)
    locator.report('failed')
    expect(await locator.locate()).toBe(jwksUri)
  })
})

describe('a key set of an issuer', () => {
  it.each([
    ['OpenID Connect', 'https://login.example.com', 'https://login.example.com/.well-known/openid-configuration'],
    ['RFC 8414', 'https://login.example.com', 'https://login.example.com/.well-known/oauth-authorization-server'],
    ['OpenID Connect with a path', 'https://example.com/tenant', 'https://example.com/tenant/.well-known/openid-configuration'],
    ['RFC 8414 with a path', 'https://example.com/tenant', 'https://example.com/.well-known/oauth-authorization-server/tenant'],
    ['RFC 8414 §5 with a path', 'https://example.com/tenant', 'https://example.com/.well-known/openid-configuration/tenant'],
  ])('is where the metadata say, at the place of %s', async (_, issuer, metadataUrl) => {
    const { fake, locator } = setUp(issuer)
    fake.metadataUrl = metadataUrl
    fake.metadata.jwks_uri = 'https://keys.example.com/set'
    expect(await locator.locate()).toBe('https://keys.example.com/set')
  })

  it.each([
    ['of another issuer', { issuer: 'https://login.example.com/' }, 'issuer_mismatch'],
    ['of an issuer in another case', { issuer: 'https://LOGIN.example.com' }, 'issuer_mismatch'],
    ['without jwks_uri', { jwks_uri: undefined }, 'metadata_invalid'],
    ['with a jwks_uri without TLS', { jwks_uri: 'http://login.example.com/jwks' }, 'metadata_invalid'],
    ['with a jwks_uri that is not a string', { jwks_uri: 42 }, 'metadata_invalid'],
  ])('is not found by metadata %s', async (_, members, code) => {
    const { fake, locator } = setUp()
    Object.assign(fake.metadata, members)
    await expect(locator.locate()).rejects.toMatchObject({ code })
  })

  it('is asked for again after a failure, until it is known', async () => {
    const { fake, locator } = setUp()
    fake.isDown = true
    await expect(locator.locate()).rejects.toMatchObject({ code: 'metadata_unavailable' })
    fake.isDown = false
    expect(await locator.locate()).toBe('https://login.example.com/jwks')
  })

  it('is not asked for while the key set can be fetched and the metadata are young', async () => {
    const { clock, fake, locator } = setUp()
    await locator.locate()
    await clock.advance(299_000)
    locator.report('fetched')
    await locator.locate()
    expect(fake.requests).toHaveLength(1)
  })

  it('is asked for in the background after a fetch when the metadata are old', async () => {
    const { clock, fake, locator } = setUp()
    await locator.locate()
    await clock.advance(300_000)
    fake.metadata.jwks_uri = 'https://keys.example.com/set'
    expect(await locator.locate()).toBe('https://login.example.com/jwks')
    locator.report('fetched')
    await settle()
    expect(await locator.locate()).toBe('https://keys.example.com/set')
  })

  it('stays where it was while the metadata cannot be had, and they are not asked for at each fetch', async () => {
    const { clock, fake, locator } = setUp()
    await locator.locate()
    await clock.advance(300_000)
    fake.answers.set(fake.metadataUrl, () => Response.json({ issuer: 'https://evil.example', jwks_uri: 'https://evil.example/jwks' }))
    for (let fetches = 0; fetches < 5; fetches += 1) {
      expect(await locator.locate()).toBe('https://login.example.com/jwks')
      locator.report('fetched')
      await settle()
    }
    expect(fake.requests).toHaveLength(2)
  })

  it('is asked for before every second attempt while it cannot be fetched, one request an attempt', async () => {
    const { fake, locator } = setUp()
    await locator.locate()
    fake.isDown = true
    fake.requests.length = 0
    const attempts: string[] = []
    for (let attempt = 0; attempt < 4; attempt += 1) {
      try {
        await locator.locate()
        attempts.push('asked for the key set')
        locator.report('failed')
      } catch {
        attempts.push('asked for the metadata')
      }
    }
    expect(attempts).toEqual(['asked for the key set', 'asked for the metadata', 'asked for the key set', 'asked for the metadata'])
    expect(fake.requests).toHaveLength(2)
  })

  it('is found at once where an earlier run found it', async () => {
    const { fake, locator } = setUp(undefined, 'https://login.example.com/old-jwks')
    expect(await locator.locate()).toBe('https://login.example.com/old-jwks')
    expect(fake.requests).toHaveLength(0)
  })
})

describe('a place that cannot work', () => {
  const input = { lastKnown: undefined, fetch: undefined, timeoutMs: 1000, now: Date.now }

  it.each([
    ['no TLS', 'http://login.example.com/jwks'],
    ['no URL', 'login.example.com/jwks'],
    ['user information', 'https://john:secret@login.example.com/jwks'],
    ['another scheme', 'file:///etc/jwks.json'],
    ['nothing', undefined],
  ])('as a URL: %s', (_, jwksUri) => {
    expect(() => createJwksLocator({ jwksUri: jwksUri as never }, input)).toThrow(ConfigurationError)
  })

  it.each([
    ['no TLS', 'http://login.example.com'],
    ['a query', 'https://login.example.com?tenant=1'],
    ['a fragment', 'https://login.example.com#tenant'],
    ['no URL', 'login.example.com'],
    ['nothing', undefined],
  ])('as an issuer: %s', (_, issuer) => {
    expect(() => createJwksLocator({ issuer: issuer as never }, input)).toThrow(ConfigurationError)
  })
})
