import { createMemoryStore } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createIntrospectionVerifier } from '../src/introspection-verifier.js'
import { createAnswerKeys } from '../src/internal/introspection/answer-keys.js'
import { sealAnswer } from '../src/internal/introspection/sealed-answer.js'
import { createFakeClock, settle } from './fake-clock.js'
import {
  active,
  client,
  createFakeIntrospection,
  createFakeStore,
  createVerifier,
  endpoint,
  json,
  keys,
  settingsFor,
  typed,
  without,
} from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { audience, claims, issuer, key, now, nowSeconds } from './verifier-fixture.js'

const token = 'AZaz09-._~+/AA=='
const storeTimeoutMs = 20

/** What a server says of a token, written to the store as a verifier does it. */
async function plant(store: ReturnType<typeof createFakeStore>, statement: object, times: object = {}) {
  const answerKeys = createAnswerKeys({ issuer, endpoint, audience: [audience], clientId: client.clientId, response: 'json' })
  const answer = { statement, askedAt: now, until: now + 60_000, ...times } as Parameters<typeof sealAnswer>[0]
  const value = await sealAnswer(answer, await answerKeys.sealKeyOf(token))
  store.entries.set(await answerKeys.storeKeyOf(token), { value, ttlMs: 60_000 })
}

async function verdictOn(store: ReturnType<typeof createFakeStore>, reply = () => json({ active: false }), options = {}) {
  return outcome(createVerifier(createFakeIntrospection(reply), { cache: { store, storeTimeoutMs }, ...options }).verify(token))
}

describe('a store that is shared', () => {
  it.each([
    ['as long as any', active, {}, 60_000],
    ['as long as the token', { ...active, exp: nowSeconds + 2 }, {}, 2000],
    ['as long as the response says', active, { 'cache-control': 'max-age=5' }, 5000],
    ['as long as a refusal', { active: false }, {}, 10_000],
    ['as long as a refusal, for a token of another API', { ...active, aud: 'billing-api' }, {}, 10_000],
  ])('is told that an answer lasts %s', async (_, body, headers, life) => {
    const store = createFakeStore()
    await verdictOn(store, () => json(body, headers))
    await store.written()
    expect([...store.entries.values()].map(({ ttlMs }) => ttlMs)).toEqual([life])
  })

  it('has verifiers with the same settings share their answers', async () => {
    const store = createFakeStore()
    const fakes = [createFakeIntrospection(), createFakeIntrospection()]
    for (const fake of fakes) {
      expect(await outcome(createVerifier(fake, { cache: { store } }).verify(token))).toBe('accepted')
      await store.written()
    }
    expect(fakes.map(({ asked }) => asked.length)).toEqual([1, 0])
  })

  it.each([
    ['issuer', { issuer: 'https://other.example.com' }, without('iss')],
    ['client', { client: { ...client, clientId: 'other' } }, active],
    ['audience', { audience: ['orders-api', 'x'] }, active],
    ['audience, where it is not checked', { audience: null }, active],
  ])('has verifiers of another %s share nothing', async (_, options, body) => {
    const store = createFakeStore()
    const first = createFakeIntrospection(() => json(body))
    const other = createFakeIntrospection(() => json(body))
    await createVerifier(first, { cache: { store } }).verify(token)
    await store.written()
    expect(await outcome(createVerifier(other, { cache: { store }, ...options }).verify(token))).toBe('accepted')
    expect(other.asked).toEqual([token])
  })

  it('has verifiers that ask at another endpoint share nothing', async () => {
    const store = createFakeStore()
    await createVerifier(createFakeIntrospection(), { cache: { store } }).verify(token)
    await store.written()
    for (const elsewhere of [`${endpoint}/2`, undefined]) {
      const fetch = (url: string) =>
        Promise.resolve(json(url.includes('.well-known') ? { issuer, introspection_endpoint: endpoint } : { active: false }))
      const other = createIntrospectionVerifier({ ...settingsFor(fetch), endpoint: elsewhere, cache: { store } })
      expect(await outcome(other.verify(token))).toBe('invalid_token token_inactive')
    }
  })

  it('has those that expect another form of answers share nothing', async () => {
    const store = createFakeStore()
    await createVerifier(createFakeIntrospection(), { cache: { store } }).verify(token)
    await store.written()
    const body = await key.sign(claims)
    const fake = createFakeIntrospection(() => typed('application/jwt', body))
    expect(await outcome(createVerifier(fake, { cache: { store }, response: 'phantom', keys }).verify(token))).toBe('accepted')
    expect(fake.asked).toEqual([token])
  })

  it('learns neither tokens nor what is said of them', async () => {
    const store = createFakeStore()
    const jwt = await key.sign(claims)
    await verdictOn(store, () => json(active))
    await verdictOn(store, () => typed('application/jwt', jwt), { response: 'phantom', keys })
    await store.written(2)
    expect(store.entries.size).toBe(2)
    for (const [name, { value }] of store.entries) {
      expect(name).toMatch(/^introspection:[\w-]{43}$/)
      const readable =
        name +
        value +
        value
          .split('.')
          .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
          .join('')
      for (const secret of [token, 'john', jwt, jwt.split('.')[1] ?? '', client.authentication.clientSecret]) {
        expect(readable.includes(secret)).toBe(false)
      }
    }
  })
})

describe('what is in a store is not believed', () => {
  it('but what a verifier wrote is', async () => {
    const store = createFakeStore()
    await plant(store, { active: true, claims: without('active') })
    expect(await verdictOn(store)).toBe('accepted')
  })

  it.each([
    ['that the token is active, and nothing else', { active: true }, {}],
    ['claims that are a list', { active: true, claims: [active] }, {}],
    ['claims that are a text', { active: true, claims: 'sub' }, {}],
    ['an active that is a text', { active: 'true', claims: active }, {}],
    ['a JWT that nobody signed, where claims are expected', { active: true, jwt: 'e30.e30.AAAA' }, {}],
    ['an answer whose time is over', { active: true, claims: active }, { until: now }],
    ['an answer for longer than any is kept', { active: true, claims: active }, { until: now + 60_001 }],
    ['an answer of long ago', { active: true, claims: active }, { askedAt: now - 60_000, until: now + 1 }],
    ['an answer of the future', { active: true, claims: active }, { askedAt: now + 60_000, until: now + 120_000 }],
    ['an answer for ever', { active: true, claims: active }, { until: null }],
    ['an answer with a time in a text', { active: true, claims: active }, { until: String(now + 1000) }],
    ['an answer that was never asked for', { active: true, claims: active }, { askedAt: undefined }],
    ['claims whose time is over', { active: true, claims: { ...active, exp: nowSeconds } }, {}],
  ])('with %s', async (_, statement, times) => {
    const store = createFakeStore()
    await plant(store, statement, times)
    const tolerant = await verdictOn(store, undefined, { clockToleranceSeconds: 300 })
    expect(tolerant).toBe('invalid_token token_inactive')
  })

  it('with a text that is changed, exchanged or something else', async () => {
    const store = createFakeStore()
    await plant(store, { active: true, claims: active })
    const [[name, { value }] = ['', { value: '' }]] = store.entries
    const other = createFakeStore()
    await createVerifier(createFakeIntrospection(), { cache: { store: other } }).verify('another')
    await other.written()
    const [foreign] = other.entries.values()
    const changed = value.replace(/.(?=.{9}$)/, (one) => (one === 'A' ? 'B' : 'A'))
    const plain = JSON.stringify({ active: true, claims: active, askedAt: now, until: now + 1000 })
    for (const text of [changed, foreign?.value ?? '', plain, '', 'x'.repeat(2_000_000), value.replace(/^[^.]*/, 'eyJhbGciOiJub25lIn0')]) {
      store.entries.set(name, { value: text, ttlMs: 1 })
      expect(await verdictOn(store)).toBe('invalid_token token_inactive')
    }
  })

  it('with a phantom token of another issuer, signer or time', async () => {
    const spoilt: [object, string][] = [
      [{ iss: 'https://other.example.com' }, 'issuer_mismatch'],
      [{ exp: nowSeconds }, 'token_expired'],
      [{ aud: 'billing-api' }, 'audience_mismatch'],
    ]
    for (const [members, code] of spoilt) {
      const store = createFakeStore()
      const jwt = await key.sign({ ...claims, ...members })
      expect(await verdictOn(store, () => typed('application/jwt', jwt), { response: 'phantom', keys })).toBe(`invalid_token ${code}`)
      await store.written()
      expect(await verdictOn(store, () => new Response(null, { status: 500 }), { response: 'phantom', keys })).toBe(`invalid_token ${code}`)
    }
  })

  it('when its clock is off', async () => {
    const store = createFakeStore()
    const clock = createFakeClock()
    const fake = createFakeIntrospection(() => json({ ...active, exp: nowSeconds + 5 }))
    const verifier = createVerifier(fake, { cache: { store }, now: clock.now })
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    await store.written()
    await clock.advance(5000)
    expect(store.entries.size).toBe(1)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token token_expired')
    expect(fake.asked).toEqual([token, token])
  })
})

describe('a store that does not work', () => {
  it.each(['fails', 'hangs'] as const)('and %s is no reason to refuse a token', async (mode) => {
    const store = createFakeStore()
    store.mode = mode
    expect(await verdictOn(store, () => json(active))).toBe('accepted')
    expect(await verdictOn(store)).toBe('invalid_token token_inactive')
  })

  it('and fails has the server asked each time', async () => {
    const store = createFakeStore()
    store.mode = 'fails'
    const fake = createFakeIntrospection()
    const verifier = createVerifier(fake, { cache: { store } })
    for (const times of [1, 2]) {
      expect(await outcome(verifier.verify(token))).toBe('accepted')
      await store.written(times)
      await settle()
    }
    fake.reply = () => new Response('', { status: 503 })
    expect(await outcome(verifier.verify(token))).toBe('unavailable introspection_unavailable')
    expect(fake.asked).toEqual([token, token, token])
  })

  it('and hangs does not keep those from the answer who come while it is written', async () => {
    const store = createFakeStore()
    const fake = createFakeIntrospection()
    const verifier = createVerifier(fake, { cache: { store, storeTimeoutMs: 10_000 } })
    store.set = () => new Promise(() => {})
    const first = await verifier.verify(token)
    expect(await verifier.verify(token)).toBe(first)
    expect(fake.asked).toEqual([token])
  })

  it('since it is full forgets, and the server is asked again', async () => {
    const memory = createMemoryStore({ maxEntries: 1 })
    const watched = createFakeStore()
    const set: typeof memory.set = async (...entry) => {
      await memory.set(...entry)
      await watched.set(...entry)
    }
    const fake = createFakeIntrospection()
    const verifier = createVerifier(fake, { cache: { store: { ...memory, set } } })
    for (const [name, writes] of [
      ['one', 1],
      ['two', 2],
      ['one', 3],
      ['one', 3],
    ] as const) {
      expect(await outcome(verifier.verify(name))).toBe('accepted')
      await watched.written(writes)
    }
    expect(fake.asked).toEqual(['one', 'two', 'one'])
    const tiny = createVerifier(fake, { cache: { store: createMemoryStore({ maxBytes: 10 }) } })
    expect(await outcome(tiny.verify('one'))).toBe('accepted')
  })
})
