import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import type { KeySource } from '../src/key-source.js'
import { countingKeys, verifiedOnce } from './counting-keys.js'
import { claims, createVerifier, issuer, key } from './verifier-fixture.js'

describe('evict', () => {
  it.each([
    ['the token itself', (token: string) => ({ token })],
    ['its jti', () => ({ jti: claims.jti })],
    ['its sub', () => ({ sub: 'john' })],
    ['its sid', () => ({ sid: 's1' })],
    ['its sub and issuer', () => ({ sub: 'john', issuer })],
  ])('forgets the verdict on a token by %s', async (_, selector) => {
    const { keys, verifier, token } = await verifiedOnce({ sid: 's1' })
    verifier.evict(selector(token))
    await verifier.verify(token)
    expect(keys.signatures()).toBe(2)
  })

  it.each([{ sub: 'jane' }, { sub: 'john', issuer: 'https://evil.example' }, { jti: 'john' }, { sid: 'john' }, { token: 'x' }])(
    'leaves the others alone: %j',
    async (selector) => {
      const { keys, verifier, token } = await verifiedOnce()
      verifier.evict(selector)
      await verifier.verify(token)
      expect(keys.signatures()).toBe(1)
    },
  )
})

describe('what evict does not understand', () => {
  const refuses = (selector: unknown, message: string) => {
    for (const cache of [undefined, false] as const) {
      const evict = () => createVerifier({ cache }).evict(selector as never)
      expect(evict).toThrow(ConfigurationError)
      expect(evict).toThrow(message)
    }
  }

  it.each([
    {},
    { sid: undefined },
    { sub: 42 },
    { sub: '' },
    { sid: undefined, sub: 'john' },
    { jti: 'a', sub: 'john' },
    { issuer },
    undefined,
    null,
    'john',
    42,
    ['john'],
  ])('is refused, so that what was to be forgotten does not stay: %j', (selector) => {
    refuses(selector, 'evict needs just one of token, jti, sub and sid')
  })

  it.each([
    { sub: 'john', issuer: null },
    { sub: 'john', issuer: '' },
    { sid: 's1', issuer: new URL(issuer) },
    { token: 'x', issuer },
  ])('is refused where it names an issuer that no token can have, or a token need not: %j', (selector) => {
    refuses(selector, 'evict takes an issuer beside jti, sub or sid, a string that is not empty')
  })
})

it('a token that is examined while something is evicted is not kept', async () => {
  const keys = countingKeys()
  let release = (): void => {}
  const slow: KeySource = {
    keysFor: () => new Promise((resolve) => (release = () => resolve(keys.state.keys))),
    newerKeysFor: () => Promise.resolve([]),
  }
  const verifier = createVerifier({ keys: slow })
  const token = await key.sign(claims)
  const verified = verifier.verify(token)
  verifier.evict({ sub: 'john' })
  release()
  await verified
  expect(verifier.recall(token)).toBe(undefined)
})
