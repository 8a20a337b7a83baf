import { describe, expect, it } from 'vitest'
import { createFakeClock, settle } from './fake-clock.js'
import { active, createFakeIntrospection, createFakeStore, createVerifier, json } from './introspection-fixture.js'
import { outcome } from './verdict.js'

const unavailable = 'unavailable introspection_unavailable'
const inactive = 'invalid_token token_inactive'

/** A store whose writes take as long as they are made to. */
function createSlowStore() {
  const store = createFakeStore()
  const { set } = store
  const writes: { readonly land: () => Promise<void>; readonly fail: () => void }[] = []
  const waiting: (() => void)[] = []
  store.set = (...entry) =>
    new Promise((resolve, reject) => {
      writes.push({ land: () => set(...entry).then(resolve, reject), fail: () => reject(new Error('down')) })
      for (const wake of waiting.splice(0)) wake()
    })
  /** Resolves when the next write begins, if none has that was not taken from the list. */
  const begun = (): Promise<void> => (writes.length > 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)))
  return { store, writes, begun }
}

/** Less than what is kept at most: a clock that is off a little has such an answer used. */
const briefly = { 'cache-control': 'max-age=30' }

function setUp(options = {}) {
  const clock = createFakeClock()
  const fake = createFakeIntrospection(() => json(active, briefly))
  const verifier = createVerifier(fake, { now: clock.now, ...options })
  return { clock, fake, verifier }
}

describe('the eviction of a token', () => {
  it('is not undone by a write that is under way', async () => {
    const { store, writes, begun } = createSlowStore()
    const [one, other] = [setUp({ cache: { store } }), setUp({ cache: { store } })]
    await one.verifier.verify('john')
    await begun()
    expect(writes.length).toBe(1)
    const evicted = one.verifier.evict({ token: 'john' })
    await settle()
    await writes[0]?.land()
    await evicted
    expect(store.entries.size).toBe(0)
    other.fake.reply = () => json({ active: false })
    expect(await outcome(other.verifier.verify('john'))).toBe(inactive)
  })

  it('has taken place also if the write fails', async () => {
    const { store, writes, begun } = createSlowStore()
    const { verifier } = setUp({ cache: { store } })
    await verifier.verify('john')
    await begun()
    const evicted = outcome(verifier.evict({ token: 'john' }))
    writes[0]?.fail()
    expect(await evicted).toBe('accepted')
  })

  it('is said to be uncertain while a write does not end, also one that nobody waits for any more', async () => {
    const { store, writes, begun } = createSlowStore()
    const { verifier } = setUp({ cache: { store, storeTimeoutMs: 1 } })
    await verifier.verify('john')
    await begun()
    expect(await outcome(verifier.evict({ token: 'john' }))).toBe(unavailable)
    expect(await outcome(verifier.evict({ token: 'john' }))).toBe(unavailable)
    await writes[0]?.land()
    await settle()
    expect(store.entries.size).toBe(0)
    expect(await outcome(verifier.evict({ token: 'john' }))).toBe('accepted')
  })

  it('counts from the call on, for whoever asks in the same tick', async () => {
    const { fake, verifier } = setUp()
    await verifier.verify('john')
    await settle()
    expect(verifier.recall('john')?.claims.sub).toBe('john')
    fake.reply = () => json({ active: false })
    const evicted = verifier.evict({ token: 'john' })
    expect(verifier.recall('john')).toBe(undefined)
    expect(await outcome(verifier.verify('john'))).toBe(inactive)
    await evicted
  })
})

describe('a later answer', () => {
  it('ends an earlier one that it could not replace', async () => {
    const store = createFakeStore()
    const [one, other] = [setUp({ cache: { store } }), setUp({ cache: { store } })]
    await one.verifier.verify('john')
    await store.written()
    await settle()
    store.set = () => Promise.reject(new Error('down'))
    const { delete: remove } = store
    const removed = new Promise((resolve) => {
      store.delete = async (key) => {
        const was = await remove(key)
        resolve(was)
        return was
      }
    })
    one.fake.reply = () => json({ active: false })
    expect(await outcome(one.verifier.confirm('john'))).toBe(inactive)
    expect(await removed).toBe(true)
    expect(store.entries.size).toBe(0)
    other.fake.reply = () => json({ active: false })
    expect(await outcome(other.verifier.verify('john'))).toBe(inactive)
  })

  it.each([{}, { 'cache-control': 'no-store' }])('counts here at once, whatever is under way, with %j', async (headers) => {
    const { store, writes, begun } = createSlowStore()
    const { fake, verifier } = setUp({ cache: { store } })
    await verifier.verify('john')
    await begun()
    fake.reply = () => json({ active: false }, headers)
    expect(await outcome(verifier.confirm('john'))).toBe(inactive)
    await writes[0]?.land()
    expect(await outcome(verifier.verify('john'))).toBe(inactive)
  })

  it('is not replaced by an earlier one whose write takes longer', async () => {
    const { store, writes, begun } = createSlowStore()
    const { fake, verifier, clock } = setUp({ cache: { store } })
    await verifier.verify('john')
    await begun()
    await clock.advance(10)
    fake.reply = () => json({ active: false })
    expect(await outcome(verifier.confirm('john'))).toBe(inactive)
    await settle()
    for (const write of writes.splice(0).toReversed()) await write.land()
    await begun()
    await writes[0]?.land()
    const other = setUp({ cache: { store }, clockToleranceSeconds: 1 })
    expect(await outcome(other.verifier.verify('john'))).toBe(inactive)
    expect(other.fake.asked).toEqual([])
  })
})

describe('a clock that is set back a little', () => {
  it.each([
    ['a token', { token: 'opaque' }],
    ['a subject', { sub: 'john' }],
  ])('does not undo the eviction of %s', async (_, selector) => {
    const { fake, verifier, clock } = setUp()
    await verifier.verify('opaque')
    await settle()
    await clock.advance(-20)
    await verifier.evict(selector)
    fake.reply = () => json({ active: false })
    expect(verifier.recall('opaque')).toBe(undefined)
    expect(await outcome(verifier.verify('opaque'))).toBe(inactive)
    await clock.advance(25_000)
    expect(await outcome(verifier.verify('opaque'))).toBe(inactive)
  })

  it.each([
    ['a token', { token: 'opaque' }],
    ['a subject', { sub: 'john' }],
  ])('has no answer kept that was on its way when %s was evicted', async (_, selector) => {
    const { fake, verifier, clock } = setUp()
    let answer = (_response: Response) => {}
    fake.reply = () => new Promise((resolve) => (answer = resolve))
    const before = verifier.verify('opaque')
    await settle()
    await clock.advance(-20)
    await verifier.evict(selector)
    answer(json(active, briefly))
    await before
    await clock.advance(1000)
    fake.reply = () => json({ active: false })
    expect(await outcome(verifier.verify('opaque'))).toBe(inactive)
  })

  it('does not let an answer of a store be used that was looked at before the eviction', async () => {
    const store = createFakeStore()
    const ahead = setUp({ cache: { store } })
    const { fake, verifier } = setUp({ cache: { store }, clockToleranceSeconds: 1 })
    await ahead.clock.advance(20)
    await ahead.verifier.verify('opaque')
    await store.written()
    expect(await outcome(verifier.verify('opaque'))).toBe('accepted')
    expect(fake.asked).toEqual([])
    await verifier.evict({ sub: 'john' })
    fake.reply = () => json({ active: false })
    expect(await outcome(verifier.verify('opaque'))).toBe(inactive)
  })
})
