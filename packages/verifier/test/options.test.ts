import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createHybridVerifier, createJwtVerifier, createMultiIssuerVerifier, createRemoteJwks, verifyCompactJws } from '../src/index.js'
import { audience, createVerifier, issuer, key } from './verifier-fixture.js'

const jwks = { keys: [key.jwk] }
const jwksUri = 'https://login.example.com/jwks'
const source = { keysFor: () => [], newerKeysFor: () => Promise.resolve([]) }

async function messageOf(create: () => unknown): Promise<string> {
  try {
    await create()
    return 'nothing is wrong'
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message
    throw error
  }
}

describe('options that are none', () => {
  it.each([
    ['createJwtVerifier', createJwtVerifier],
    ['createMultiIssuerVerifier', createMultiIssuerVerifier],
    ['createHybridVerifier', createHybridVerifier],
    ['createRemoteJwks', createRemoteJwks],
    ['verifyCompactJws', (options: never) => verifyCompactJws('e30.e30.AAAA', options)],
  ])('are refused by %s', async (name, create: (options: never) => unknown) => {
    for (const options of [undefined, null, 'https://login.example.com']) {
      expect(await messageOf(() => create(options as never))).toContain(`${name} takes an object, with `)
    }
  })

  it.each([
    [{ cache: null }, 'cache takes an object'],
    [{ cache: 0 }, 'cache takes an object'],
    [{ cache: true }, 'cache takes an object'],
    [{ revocation: null }, 'revocation takes an object'],
    [{ revocation: () => false }, 'revocation takes an object'],
  ])('are refused inside others: %o', async (options, message) => {
    expect(await messageOf(() => createVerifier(options as never))).toContain(message)
  })

  it('are not false for a cache: nothing is kept', async () => {
    expect(await messageOf(() => createVerifier({ cache: false }))).toBe('nothing is wrong')
  })
})

describe('where keys come from', () => {
  it.each<[string, object, string]>([
    ['two places', { jwks, jwksUri }, 'keys has no option "jwksUri": it has jwks'],
    ['a place and a time', { jwksUri, ttlMs: 5000 }, 'keys has no option "ttlMs": it has jwksUri'],
    ['a place and an issuer', { jwksUri, issuer }, 'keys has no option "issuer": it has jwksUri'],
    ['a source that cannot be asked', { keysFor: [] }, 'keys must be'],
    ['a source that cannot be asked for newer keys', { keysFor: () => [] }, 'keys must be'],
  ])('is not %s', async (_, keys, message) => {
    expect(await messageOf(() => createJwtVerifier({ issuer, audience, keys: keys as never }))).toContain(message)
    expect(await messageOf(() => verifyCompactJws('e30.e30.AAAA', { keys: keys as never, algorithms: ['ES256'] }))).toContain(message)
  })

  it.each<[string, object]>([
    ['a source of the application', source],
    ['one with members of its own', { ...source, jwks, name: 'ours' }],
    ['one that inherits what it can do', Object.create(source) as object],
  ])('may be %s', async (_, keys) => {
    expect(await messageOf(() => createJwtVerifier({ issuer, audience, keys: keys as never }))).toBe('nothing is wrong')
  })

  it('is one place for a remote key set', async () => {
    const both = { jwksUri, issuer }
    expect(await messageOf(() => createRemoteJwks(both))).toContain('createRemoteJwks takes jwksUri or issuer, not both')
  })
})

describe('options of others', () => {
  it('are refused by verifyCompactJws', async () => {
    const options = { keys: { jwks }, algorithms: ['ES256'], maxTokenBytes: 100 } as const
    expect(await messageOf(() => verifyCompactJws('e30.e30.AAAA', options))).toContain('verifyCompactJws has no option "maxTokenBytes"')
  })
})

describe('a cooldown', () => {
  it('may be longer than the default of the least time', async () => {
    const { state } = createRemoteJwks({ jwksUri, cooldownMs: 120_000 })
    expect(state().fetching).toBe(false)
    expect(await messageOf(() => createRemoteJwks({ jwksUri, cooldownMs: 700_000 }))).toBe(
      'ttlMs must be a number, at least 700000; it is 600000',
    )
  })
})

describe('a seed', () => {
  it.each(['jwks', 'http://login.example.com/jwks', 'https://john@login.example.com/jwks'])('is not from %s', async (place) => {
    const seed = { jwks, issuer, jwksUri: place, fetchedAt: 0, expiresAt: 1 }
    expect(await messageOf(() => createRemoteJwks({ issuer, seed }))).toContain('seed must be what export() gave')
  })
})
