import { describe, expect, it } from 'vitest'
import { networkFailure } from '../../test/fake-jwks-endpoint.js'
import { find, second, setUp } from '../../test/remote-jwks-fixture.js'
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
