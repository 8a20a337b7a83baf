import { describe, expect, it } from 'vitest'
import type { IntrospectionCacheOptions } from '../src/introspection-cache-options.js'
import { createStaticJwks } from '../src/internal/static-jwks.js'
import type { KeySource } from '../src/key-source.js'
import { createFakeClock, settle } from './fake-clock.js'
import { active, createFakeIntrospection, createFakeStore, createVerifier, json, typed, without } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { claims, key, nowSeconds, rsaKey } from './verifier-fixture.js'

const noStore = { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate' }

/** A verifier on a clock that can be moved, and how often the server was asked. */
function setUp(cache: IntrospectionCacheOptions | false = {}, reply?: () => Response | Promise<Response>, options = {}) {
  const clock = createFakeClock()
  const fake = createFakeIntrospection(reply)
  const verifier = createVerifier(fake, { cache, now: clock.now, ...options })
  /** What comes of the token, and how many requests there have been by then. */
  const ask = async (token = 'opaque') => {
    const result = await outcome(verifier.verify(token))
    await settle()
    return [result.replace(/^\w+ /, ''), fake.asked.length]
  }
  return { clock, fake, verifier, ask }
}

describe('an answer is used', () => {
  it('for a minute, and is the same object all that time', async () => {
    const { clock, verifier, ask } = setUp()
    const first = await verifier.verify('opaque')
    await clock.advance(59_999)
    expect(await verifier.verify('opaque')).toBe(first)
    expect(await ask()).toEqual(['accepted', 1])
    await clock.advance(1)
    expect(await ask()).toEqual(['accepted', 2])
    expect(await verifier.verify('opaque')).not.toBe(first)
  })

  it.each([
    ['as the cache says', { maxTtlMs: 5000 }, {}, {}, 5000],
    ['as the response says, if that is less', {}, {}, { 'cache-control': 'max-age=7' }, 7000],
    ['as the cache says, if the response says more', {}, {}, { 'cache-control': 'max-age=7000' }, 60_000],
    ['less the age of the response', {}, {}, { 'cache-control': 'max-age=7', age: '3' }, 4000],
    ['as the token lasts, if that is less', {}, { exp: nowSeconds + 3 }, { 'cache-control': 'max-age=7' }, 3000],
    ['as the token lasts, whatever the tolerance', {}, { exp: nowSeconds + 3 }, {}, 3000],
    ['as the cache says, for a token without an end', { maxTtlMs: 5000 }, { exp: undefined }, {}, 5000],
    ['as the cache says, if no-store is ignored', { ignoreNoStore: true, maxTtlMs: 5000 }, {}, noStore, 5000],
  ])('as long %s', async (_, cache, changed, headers, life) => {
    const { clock, ask } = setUp(cache, () => json({ ...active, ...changed }, headers), { clockToleranceSeconds: 300 })
    expect(await ask()).toEqual(['accepted', 1])
    await clock.advance(life - 1)
    expect(await ask()).toEqual(['accepted', 1])
    await clock.advance(1)
    expect(await ask()).toEqual(['accepted', 2])
  })

  it.each([
    ['no-store', {}, { 'cache-control': 'no-store' }],
    ['no-store among others', {}, noStore],
    ['no-cache', {}, { 'cache-control': 'no-cache, max-age=60' }],
    ['a max-age of zero', {}, { 'cache-control': 'max-age=0' }],
    ['a max-age of zero, which is not no-store', { ignoreNoStore: true }, { 'cache-control': 'max-age=0' }],
    ['a max-age that is none', {}, { 'cache-control': 'max-age=soon' }],
  ])('once, if the response says %s', async (_, cache, headers) => {
    const { ask } = setUp(cache, () => json(active, headers))
    expect([await ask(), await ask()]).toEqual([
      ['accepted', 1],
      ['accepted', 2],
    ])
  })

  it('once, if there is no cache', async () => {
    const { ask } = setUp(false)
    expect([await ask(), await ask()]).toEqual([
      ['accepted', 1],
      ['accepted', 2],
    ])
  })

  it('until the token is older than tokens may be', async () => {
    const { clock, ask } = setUp({}, undefined, { maxTokenAgeSeconds: 15 })
    expect(await ask()).toEqual(['accepted', 1])
    await clock.advance(5000)
    expect(await ask()).toEqual(['accepted', 1])
    await clock.advance(1)
    expect(await ask()).toEqual(['token_too_old', 2])
  })

  it('for the token that it is about alone', async () => {
    const { fake, ask } = setUp({}, () => json(active))
    await ask('one')
    fake.reply = () => json({ active: false })
    expect(await ask('other')).toEqual(['token_inactive', 2])
    expect(await ask('one')).toEqual(['accepted', 2])
  })

  it('during an outage too, until its own time is over', async () => {
    const { clock, fake, ask } = setUp()
    await ask()
    fake.reply = () => new Response('', { status: 503 })
    await clock.advance(59_999)
    expect(await ask()).toEqual(['accepted', 1])
    await clock.advance(1)
    expect(await ask()).toEqual(['introspection_unavailable', 2])
    fake.reply = () => json(active)
    expect(await ask()).toEqual(['accepted', 3])
  })
})

describe('that a token is not accepted', () => {
  it('is remembered for ten seconds', async () => {
    const { clock, ask } = setUp({}, () => json({ active: false }))
    expect(await ask()).toEqual(['token_inactive', 1])
    await clock.advance(9999)
    expect(await ask()).toEqual(['token_inactive', 1])
    await clock.advance(1)
    expect(await ask()).toEqual(['token_inactive', 2])
  })

  it.each([
    ['the cache is to forget at once', { negativeTtlMs: 0 }, {}],
    ['the response says so', {}, { 'cache-control': 'no-store' }],
  ])('is not remembered if %s', async (_, cache, headers) => {
    const { ask } = setUp(cache, () => json({ active: false }, headers))
    expect([await ask(), await ask()]).toEqual([
      ['token_inactive', 1],
      ['token_inactive', 2],
    ])
  })

  it('is remembered of an active token that is for another API, too', async () => {
    const { clock, ask } = setUp({}, () => json({ ...active, aud: 'billing-api' }))
    expect([await ask(), await ask()]).toEqual([
      ['audience_mismatch', 1],
      ['audience_mismatch', 1],
    ])
    await clock.advance(10_000)
    expect(await ask()).toEqual(['audience_mismatch', 2])
  })

  it('does not push out what is known of good tokens, of however many it is remembered', async () => {
    const { fake, verifier } = setUp()
    const good = await verifier.verify('good')
    fake.reply = () => json({ active: false })
    for (let count = 0; count <= 10_000; count += 1) {
      expect(await outcome(verifier.verify(`invented-${count}`))).toBe('invalid_token token_inactive')
    }
    expect(await verifier.verify('good')).toBe(good)
  })

  it('is thought over when its time has come', async () => {
    const { clock, ask } = setUp({}, () => json({ ...active, nbf: nowSeconds + 5 }))
    expect(await ask()).toEqual(['token_not_yet_valid', 1])
    await clock.advance(5000)
    expect(await ask()).toEqual(['accepted', 1])
  })
})

describe('a phantom token that is kept', () => {
  it('is used while the issuer stands by the key that signed it', async () => {
    let published = [key.jwk, rsaKey.jwk]
    const source: KeySource = {
      keysFor: (hint) => createStaticJwks({ keys: published }).keysFor(hint),
      newerKeysFor: () => Promise.resolve([]),
    }
    const body = await key.sign(claims)
    const { ask, verifier } = setUp({}, () => typed('application/jwt', body), { response: 'phantom', keys: source })
    expect(await ask()).toEqual(['accepted', 1])
    expect(await verifier.verify('opaque')).toBe(await verifier.verify('opaque'))
    published = [rsaKey.jwk]
    expect(await ask()).toEqual(['introspection_unavailable', 2])
  })
})

describe('a phantom token in JSON that is kept', () => {
  it('is used until it is too old by what the server says beside it', async () => {
    const jwt = await key.sign({ ...claims, iat: nowSeconds })
    const reply = () => json({ active: true, jwt, iat: nowSeconds - 10 })
    const { clock, ask } = setUp({}, reply, { response: 'phantom', keys: createStaticJwks({ keys: [key.jwk] }), maxTokenAgeSeconds: 15 })
    expect(await ask()).toEqual(['accepted', 1])
    await clock.advance(5001)
    expect(await ask()).toEqual(['token_too_old', 2])
  })
})

describe('those who come at once with one token', () => {
  it.each([{}, false] as const)('share one question', async (cache) => {
    const { fake, verifier } = setUp(cache)
    const verified = await Promise.all(Array.from({ length: 1000 }, () => verifier.verify('opaque')))
    expect(fake.asked).toHaveLength(1)
    expect(new Set(verified).size).toBe(1)
  })

  it('share one look into the store, and one question', async () => {
    const store = createFakeStore()
    const { fake, verifier } = setUp({ store })
    const verified = await Promise.all(Array.from({ length: 1000 }, () => verifier.verify('opaque')))
    expect([store.reads, fake.asked.length, new Set(verified).size]).toEqual([1, 1, 1])
  })

  it('share its failure, which is not remembered', async () => {
    const { fake, verifier, ask } = setUp({}, () => new Response('', { status: 500 }))
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcome(verifier.verify('opaque'))))
    expect(new Set(outcomes)).toEqual(new Set(['unavailable introspection_unavailable']))
    expect(fake.asked).toHaveLength(1)
    fake.reply = () => json(active)
    expect(await ask()).toEqual(['accepted', 2])
  })

  it('and others with more tokens than may be asked about at once are told to come back', async () => {
    const waiting: (() => void)[] = []
    const fake = createFakeIntrospection(() => new Promise((resolve) => waiting.push(() => resolve(json(active)))))
    const verifier = createVerifier(fake, { maxConcurrentRequests: 10 })
    const answers = Promise.all(Array.from({ length: 12 }, (_, at) => outcome(verifier.verify(`token-${at}`))))
    await settle()
    for (const answer of waiting) answer()
    expect((await answers).filter((answer) => answer === 'accepted')).toHaveLength(10)
    expect((await answers).slice(10)).toEqual(Array(2).fill('unavailable introspection_unavailable'))
    expect(fake.asked).toHaveLength(10)
    fake.reply = () => json(without('exp'))
    expect(await outcome(verifier.verify('token-11'))).toBe('accepted')
  })
})

describe('what is recalled', () => {
  it('is what verification gave, while it is in use', async () => {
    const { clock, verifier } = setUp()
    expect(verifier.recall('opaque')).toBe(undefined)
    const verified = await verifier.verify('opaque')
    expect(verifier.recall('opaque')).toBe(verified)
    await verifier.evict({ sub: 'john' })
    expect(verifier.recall('opaque')).toBe(undefined)
    await clock.advance(1)
    const again = await verifier.verify('opaque')
    expect(verifier.recall('opaque')).toBe(again)
    await clock.advance(60_000)
    expect(verifier.recall('opaque')).toBe(undefined)
  })

  it.each([
    ['from a store', { store: createFakeStore() }, () => json(active)],
    ['without a cache', false, () => json(active)],
    ['of a token that is not active', {}, () => json({ active: false })],
    ['of a token that is bound to its sender', {}, () => json({ ...active, cnf: { jkt: 'A'.repeat(43) } })],
  ] as const)('is nothing %s', async (_, cache, reply) => {
    const { verifier, ask } = setUp(cache, reply)
    await ask()
    expect(verifier.recall('opaque')).toBe(undefined)
  })

  it('does not get into a copy by spreading, whose verification may do more', async () => {
    const { verifier, ask } = setUp()
    await ask()
    const stricter = { ...verifier, verify: () => Promise.reject(new Error('no')) }
    expect(Object.keys(stricter)).toEqual(['verify', 'confirm', 'evict', 'issuers', 'senderConstraint'])
    expect('recall' in stricter).toBe(false)
  })

  it('is nothing for what is no token', () => {
    const { verifier } = setUp()
    for (const token of ['', 'no token', 'x'.repeat(20_000), 42, undefined]) expect(verifier.recall(token as string)).toBe(undefined)
  })
})
