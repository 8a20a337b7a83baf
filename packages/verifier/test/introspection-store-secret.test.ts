import { describe, expect, it } from 'vitest'
import { createAnswerKeys } from '../src/internal/introspection/answer-keys.js'
import { sealAnswer } from '../src/internal/introspection/sealed-answer.js'
import { client, createFakeIntrospection, createFakeStore, createVerifier, endpoint, json } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { audience, issuer, now, nowSeconds } from './verifier-fixture.js'

const storeSecret = new Uint8Array(32).fill(7)
const inactive = 'invalid_token token_inactive'

/** An instance of the API, and the server that it asks. */
function createInstance(store: ReturnType<typeof createFakeStore>, secret?: Uint8Array) {
  const fake = createFakeIntrospection()
  const verifier = createVerifier(fake, { cache: { store, storeSecret: secret } })
  return { fake, verify: () => outcome(verifier.verify('opaque')) }
}

describe('a store that others can write to', () => {
  /** What somebody writes who has made up the token, and what is known of it. */
  async function invent(store: ReturnType<typeof createFakeStore>) {
    const keys = createAnswerKeys({ issuer, endpoint, audience: [audience], clientId: client.clientId, response: 'json' })
    const statement = { active: true, claims: { aud: audience, sub: 'admin', exp: nowSeconds + 300 } } as const
    const value = await sealAnswer({ statement, askedAt: now, until: now + 60_000 }, await keys.sealKeyOf('opaque'))
    store.entries.set(await keys.storeKeyOf('opaque'), { value, ttlMs: 60_000 })
  }

  it.each([
    ['decides who is let in', undefined, 'accepted', 0],
    ['has nobody let in where answers are sealed with a secret', storeSecret, inactive, 1],
  ])('%s', async (_, secret, expected, questions) => {
    const store = createFakeStore()
    await invent(store)
    const { fake, verify } = createInstance(store, secret)
    fake.reply = () => json({ active: false })
    expect(await verify()).toBe(expected)
    expect(fake.asked).toHaveLength(questions)
  })
})

describe('the secret of a store', () => {
  it('has instances that have the same share their answers, and others ask', async () => {
    const store = createFakeStore()
    const instances = [storeSecret, Uint8Array.from(storeSecret), new Uint8Array(32).fill(8), undefined].map((secret) =>
      createInstance(store, secret),
    )
    for (const { verify } of instances.slice(0, 2)) {
      expect(await verify()).toBe('accepted')
      await store.written()
    }
    for (const [at, { verify }] of instances.slice(2).entries()) {
      expect(await verify()).toBe('accepted')
      await store.written(2 + at)
    }
    expect(instances.map(({ fake }) => fake.asked.length)).toEqual([1, 0, 1, 1])
  })

  it('is copied', async () => {
    const store = createFakeStore()
    const mine = Uint8Array.from(storeSecret)
    const instance = createInstance(store, mine)
    mine.fill(0)
    await instance.verify()
    await store.written()
    const other = createInstance(store, storeSecret)
    expect(await other.verify()).toBe('accepted')
    expect(other.fake.asked).toEqual([])
  })
})
