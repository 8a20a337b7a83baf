import { describe, expect, it } from 'vitest'
import { settle } from '../../test/fake-clock.js'
import { networkFailure } from '../../test/fake-jwks-endpoint.js'
import { find, first, second, setUp } from '../../test/remote-jwks-fixture.js'
import { createRemoteJwks } from '../remote-jwks.js'

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
    const online = createRemoteJwks({ jwksUri: endpoint.uri, ...options, seed })
    expect(await find(online, 'second')).toEqual(['second'])
    endpoint.answer = networkFailure
    const offline = createRemoteJwks({ jwksUri: endpoint.uri, ...options, seed })
    expect(await find(offline, 'first')).toEqual(['first'])
  })

  it('does not live longer than the bounds allow, whatever it says', async () => {
    const { clock, endpoint, jwks, options } = setUp()
    await find(jwks, 'first')
    const seed = { ...jwks.export()!, expiresAt: clock.now() * 2 }
    const next = createRemoteJwks({ jwksUri: endpoint.uri, ...options, seed })
    expect(Number(next.state().freshUntil) - clock.now()).toBe(3_600_000)
  })

  it('that claims to come from the future is confirmed at once, and used meanwhile', async () => {
    const { clock, endpoint, jwks, options } = setUp()
    await find(jwks, 'first')
    const { fetchedAt, expiresAt, ...rest } = jwks.export()!
    const seed = { ...rest, fetchedAt: fetchedAt + 1e9, expiresAt: expiresAt + 1e9 }
    const next = createRemoteJwks({ jwksUri: endpoint.uri, ...options, seed })
    expect(await find(next, 'first')).toEqual(['first'])
    await settle()
    expect(endpoint.requests).toHaveLength(2)
    expect(next.state()).toMatchObject({ fetchedAt: clock.now(), freshUntil: clock.now() + 600_000 })
  })

  it('of another URL is ignored: its keys are of another issuer', async () => {
    const { endpoint, jwks, options } = setUp()
    await find(jwks, 'first')
    const seed = { ...jwks.export()!, jwksUri: 'https://login.test.example.com/jwks' }
    endpoint.keys = [second.jwk]
    const next = createRemoteJwks({ jwksUri: endpoint.uri, ...options, seed })
    expect(next.state().keys).toEqual([])
    expect(await find(next, 'first')).toBe('key_not_found')
  })

  it('of another issuer is ignored, and so is one that names none', async () => {
    const { endpoint, jwks, options } = setUp()
    await find(jwks, 'first')
    const snapshot = jwks.export()!
    expect(snapshot).not.toHaveProperty('issuer')
    for (const seed of [snapshot, { ...snapshot, issuer: 'https://login.test.example.com' }]) {
      const next = createRemoteJwks({ issuer: 'https://login.example.com', ...options, seed })
      expect(next.state().keys).toEqual([])
    }
    const seed = { ...snapshot, issuer: 'https://login.example.com' }
    const next = createRemoteJwks({ issuer: 'https://login.example.com', ...options, seed })
    expect(await find(next, 'first')).toEqual(['first'])
    expect(next.export()).toEqual(seed)
    expect(endpoint.requests).toHaveLength(1)
  })

  it('holds no more than the next run needs', async () => {
    const { clock, endpoint, jwks } = setUp()
    endpoint.keys = [{ ...first.jwk, x5c: ['MIIB'] }]
    endpoint.headers = { etag: '"v1"', 'cache-control': 'max-age=1200' }
    expect(jwks.export()).toBeUndefined()
    await find(jwks, 'first')
    expect(jwks.export()).toEqual({
      jwks: { keys: [first.jwk] },
      jwksUri: endpoint.uri,
      etag: '"v1"',
      fetchedAt: clock.now(),
      expiresAt: clock.now() + 1_200_000,
    })
  })

  it('with an entity tag that cannot be sent is refreshed without it', async () => {
    const { clock, endpoint, jwks, options } = setUp()
    await find(jwks, 'first')
    const seed = { ...jwks.export()!, etag: '"v1"\r\nx-injected: 1' }
    const next = createRemoteJwks({ jwksUri: endpoint.uri, ...options, seed })
    await clock.advance(700_000)
    expect(await find(next, 'first')).toEqual(['first'])
    expect(next.state()).toMatchObject({ failures: 0, fetchedAt: clock.now() })
  })

  it('that is null, as a storage may say "nothing", is none', async () => {
    const { jwks } = setUp({ seed: null as never })
    expect(await find(jwks, 'first')).toEqual(['first'])
  })

  it.each([
    ['an empty object', {}],
    ['a string', '{}'],
    ['no times', { jwks: { keys: [] }, jwksUri: 'https://login.example.com/jwks' }],
    ['a time that is no number', { jwks: { keys: [] }, jwksUri: 'https://login.example.com/jwks', fetchedAt: '1', expiresAt: 2 }],
    ['no JWK Set', { jwks: [], jwksUri: 'https://login.example.com/jwks', fetchedAt: 1, expiresAt: 2 }],
  ])('that is %s is refused with the fix', (_, seed) => {
    expect(() => setUp({ seed: seed as never })).toThrow('seed must be what export() gave')
  })
})
