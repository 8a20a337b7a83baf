import { describe, expect, it } from 'vitest'
import { createFakeJwksEndpoint } from '../../test/fake-jwks-endpoint.js'
import { createSharedRemoteJwks } from './shared-remote-jwks.js'

const uri = 'https://login.example.com/jwks'

describe('createSharedRemoteJwks', () => {
  it('gives one source for a URI and a fetch', () => {
    const { fetch } = createFakeJwksEndpoint(() => 0)
    expect(createSharedRemoteJwks(uri, fetch)).toBe(createSharedRemoteJwks(uri, fetch))
    expect(createSharedRemoteJwks(uri, undefined)).toBe(createSharedRemoteJwks(uri, undefined))
  })

  it('keeps apart what is fetched from elsewhere or by other means', () => {
    const { fetch } = createFakeJwksEndpoint(() => 0)
    const source = createSharedRemoteJwks(uri, fetch)
    expect(createSharedRemoteJwks(`${uri}?tenant=2`, fetch)).not.toBe(source)
    expect(createSharedRemoteJwks(uri, createFakeJwksEndpoint(() => 0).fetch)).not.toBe(source)
    expect(createSharedRemoteJwks(uri, undefined)).not.toBe(source)
  })

  it('keeps a hundred, and gives up the one that was used least recently', () => {
    const { fetch } = createFakeJwksEndpoint(() => 0)
    const sources = Array.from({ length: 100 }, (_, n) => createSharedRemoteJwks(`${uri}/${n}`, fetch))
    expect(createSharedRemoteJwks(`${uri}/0`, fetch)).toBe(sources[0])
    createSharedRemoteJwks(`${uri}/100`, fetch)
    expect(createSharedRemoteJwks(`${uri}/0`, fetch)).toBe(sources[0])
    expect(createSharedRemoteJwks(`${uri}/1`, fetch)).not.toBe(sources[1])
  })

  it('refuses a URI without TLS', () => {
    expect(() => createSharedRemoteJwks('http://login.example.com/jwks', undefined)).toThrow('jwksUri must be an https URL')
  })
})
