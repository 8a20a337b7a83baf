import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from './fake-clock.js'
import { active, createFakeIntrospection, createFakeStore, createVerifier, json } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { issuer } from './verifier-fixture.js'

const unavailable = 'unavailable introspection_unavailable'
const inactive = 'invalid_token token_inactive'

function setUp(options = {}) {
  const clock = createFakeClock()
  const fake = createFakeIntrospection((token) => json({ ...active, sub: token, jti: `jti-${token}`, sid: `sid-${token}` }))
  const verifier = createVerifier(fake, { now: clock.now, ...options })
  const accept = async (...tokens: string[]) => {
    for (const token of tokens) expect(await outcome(verifier.verify(token))).toBe('accepted')
    await settle()
    await clock.advance(10)
  }
  return { clock, fake, verifier, accept }
}

describe('eviction', () => {
  it.each([
    ['a token', { token: 'john' }],
    ['a jti', { jti: 'jti-john' }],
    ['a subject', { sub: 'john' }],
    ['a session', { sid: 'sid-john' }],
    ['a subject of the issuer', { sub: 'john', issuer }],
  ])('by %s has the server asked anew about that alone', async (_, selector) => {
    const { fake, verifier, accept } = setUp()
    await accept('john', 'jane')
    await verifier.evict(selector)
    fake.reply = () => json({ active: false })
    expect(await outcome(verifier.verify('john'))).toBe(inactive)
    expect(await outcome(verifier.verify('jane'))).toBe('accepted')
    expect(fake.asked).toEqual(['john', 'jane', 'john'])
  })

  it.each([
    ['another token', { token: 'johnny' }],
    ['another subject', { sub: 'johnny' }],
    ['a subject of another issuer', { sub: 'john', issuer: 'https://other.example.com' }],
    ['a value that is in another claim', { jti: 'sid-john' }],
  ])('by %s changes nothing', async (_, selector) => {
    const { fake, verifier, accept } = setUp()
    await accept('john')
    await verifier.evict(selector)
    await accept('john')
    expect(fake.asked).toEqual(['john'])
  })

  it('is for what was known before: what is said after it is kept', async () => {
    const { clock, fake, verifier, accept } = setUp()
    await accept('john')
    await verifier.evict({ sub: 'john' })
    await clock.advance(10)
    await accept('john', 'john', 'john')
    expect(fake.asked).toEqual(['john', 'john'])
  })

  it('counts for an answer that is on its way', async () => {
    const { fake, verifier, clock } = setUp()
    const answers: ((response: Response) => void)[] = []
    fake.reply = () => new Promise((resolve) => answers.push(resolve))
    const before = outcome(verifier.verify('john'))
    await settle()
    await clock.advance(10)
    await verifier.evict({ sub: 'john' })
    await clock.advance(10)
    const after = outcome(verifier.verify('john'))
    await settle()
    answers[0]?.(json({ ...active, sub: 'john' }))
    answers[1]?.(json({ active: false }))
    expect(await Promise.all([before, after])).toEqual(['accepted', inactive])
    await settle()
    expect(await outcome(verifier.verify('john'))).toBe(inactive)
    expect(fake.asked).toEqual(['john', 'john'])
  })

  it('of a token takes it out of the store, for those who share it', async () => {
    const store = createFakeStore()
    const [first, second] = [setUp({ cache: { store } }), setUp({ cache: { store } })]
    await first.accept('john')
    await store.written()
    await second.accept('john')
    expect(second.fake.asked).toEqual([])
    await first.verifier.evict({ token: 'john' })
    expect(store.entries.size).toBe(0)
    second.fake.reply = () => json({ active: false })
    expect(await outcome(second.verifier.verify('john'))).toBe(inactive)
  })

  it('says when the store may still have an answer, and does not use it here', async () => {
    const store = createFakeStore()
    const { fake, verifier, accept } = setUp({ cache: { store } })
    await accept('john')
    await store.written()
    store.mode = 'fails'
    await expect(verifier.evict({ token: 'john' })).rejects.toMatchObject({
      outcome: 'unavailable',
      code: 'introspection_unavailable',
      detail: 'evict did not reach cache.store, so other instances may still use what it has of the token: evict it again',
    })
    store.mode = 'works'
    fake.reply = () => json({ active: false })
    expect(await outcome(verifier.verify('john'))).toBe(inactive)
  })

  it('with more marks than are remembered has nothing used that was known before', async () => {
    const { fake, verifier, accept, clock } = setUp()
    await accept('john')
    for (let count = 0; count <= 10_000; count += 1) await verifier.evict({ sub: `somebody ${count}` })
    await clock.advance(10)
    await accept('john', 'john')
    expect(fake.asked).toEqual(['john', 'john'])
  })

  it('is refused where it is not said what is meant, in place of forgetting nothing', async () => {
    const { verifier, accept } = setUp()
    await accept('john')
    for (const selector of [
      {},
      { token: undefined, sub: 'john' },
      { sid: undefined, sub: 'john' },
      { sub: '' },
      { token: 7 },
      undefined,
      null,
    ]) {
      const evicted = verifier.evict(selector as never)
      await expect(evicted).rejects.toBeInstanceOf(ConfigurationError)
      await expect(evicted).rejects.toThrow('evict needs just one of token, jti, sub and sid')
    }
    await verifier.evict({ sub: 'john' })
    expect(verifier.recall('john')).toBe(undefined)
  })

  it('does nothing where nothing is kept', async () => {
    const { verifier } = setUp({ cache: false })
    expect(await outcome(verifier.evict({ token: 'john' }))).toBe('accepted')
    expect(await outcome(verifier.evict({ sub: 'john' }))).toBe('accepted')
  })
})

describe('confirmation', () => {
  it('asks, whatever is kept, and keeps what is said', async () => {
    const { fake, verifier, accept } = setUp()
    await accept('john')
    const confirmed = await verifier.confirm('john')
    expect(confirmed.claims.sub).toBe('john')
    await settle()
    expect(await verifier.verify('john')).toBe(confirmed)
    expect(fake.asked).toEqual(['john', 'john'])
  })

  it('ends what was known of a token that has been revoked', async () => {
    const { fake, verifier, accept } = setUp()
    await accept('john')
    fake.reply = () => json({ active: false })
    expect(await outcome(verifier.confirm('john'))).toBe(inactive)
    expect(await outcome(verifier.verify('john'))).toBe(inactive)
    expect(await outcome(verifier.confirm('john'))).toBe(inactive)
    expect(fake.asked).toEqual(['john', 'john'])
  })

  it.each([
    ['that nothing is to be kept', { 'cache-control': 'no-store' }, {}],
    ['it, and refusals are not remembered', {}, { cache: { negativeTtlMs: 0 } }],
  ])('ends it also if the server says %s', async (_, headers, options) => {
    const { fake, verifier, accept } = setUp(options)
    await accept('john')
    fake.reply = () => json({ active: false }, headers)
    expect(await outcome(verifier.confirm('john'))).toBe(inactive)
    expect(await outcome(verifier.verify('john'))).toBe(inactive)
  })

  it('is not possible during an outage, which does not end what is known', async () => {
    const { fake, verifier, accept } = setUp()
    await accept('john')
    fake.reply = () => new Response('', { status: 503 })
    expect(await outcome(verifier.confirm('john'))).toBe(unavailable)
    expect(await outcome(verifier.verify('john'))).toBe('accepted')
  })

  it('shares one question, and looks at what is said as verification does', async () => {
    const { fake, verifier } = setUp()
    fake.reply = () => json({ ...active, aud: 'billing-api' })
    const confirmations = await Promise.all(Array.from({ length: 100 }, () => outcome(verifier.confirm('john'))))
    expect(new Set(confirmations)).toEqual(new Set(['invalid_token audience_mismatch']))
    expect(fake.asked).toEqual(['john'])
  })

  it('does not look at who presents the token', async () => {
    const { fake, verifier } = setUp()
    fake.reply = () => json({ ...active, cnf: { jkt: 'A'.repeat(43) } })
    expect(await outcome(verifier.confirm('john'))).toBe('accepted')
    expect(await outcome(verifier.verify('john'))).toBe('invalid_token confirmation_unchecked')
  })

  it('is refused for what is no token, without a request', async () => {
    const { fake, verifier } = setUp()
    expect(await outcome(verifier.confirm('no token'))).toBe('invalid_token token_malformed')
    expect(fake.asked).toEqual([])
  })
})
