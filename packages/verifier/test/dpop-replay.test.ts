import { createMemoryStore, type Store } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createProofKey, createTestCheck, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { outcome } from './verdict.js'
import { nowSeconds } from './verifier-fixture.js'

const client = await createProofKey()
const other = await createProofKey('EdDSA')
const replayed = 'invalid_token dpop_proof_replayed'
const stale = 'invalid_token dpop_proof_stale'

describe('a proof that was used', () => {
  it('is refused the second time', async () => {
    const { present } = createTestCheck()
    const proof = await client.prove()
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
    expect(await outcome(present(proof, client.jkt))).toBe(replayed)
    expect(await outcome(present(proof, client.jkt))).toBe(replayed)
  })

  it('is told by its jti, whatever else was signed anew', async () => {
    const { present, check } = createTestCheck()
    const jti = 'same'
    expect(await outcome(present(await client.prove({ jti }), client.jkt))).toBe('accepted')
    expect(await outcome(present(await client.prove({ jti, iat: nowSeconds - 1 }), client.jkt))).toBe(replayed)
    const ofAnotherUrl = await client.prove({ jti, htu: `${publicUrl}/orders/1` })
    expect(await outcome(present(ofAnotherUrl, client.jkt, { url: '/orders/1' }))).toBe(replayed)
    const ofAnotherMethod = await client.prove({ jti, htm: 'POST' })
    expect(await outcome(present(ofAnotherMethod, client.jkt, { method: 'POST' }))).toBe(replayed)
    const request = requestWith(await client.prove({ jti, ath: hashOf('another') }))
    expect(await outcome(check({ token: 'another', jkt: client.jkt, request }))).toBe(replayed)
    expect(await outcome(present(await other.prove({ jti }), other.jkt))).toBe('accepted')
  })

  it('passes once of many times at once, with the memory and with a store that is shared by instances', async () => {
    const replayStore = createMemoryStore()
    const alone = createTestCheck()
    const instances = [createTestCheck({ replayStore }), createTestCheck({ replayStore }), createTestCheck({ replayStore })]
    for (const checks of [[alone], instances]) {
      const proof = await client.prove()
      const attempts = Array.from({ length: 30 }, (_, n) => checks[n % checks.length]!.present(proof, client.jkt))
      const answers = await Promise.all(attempts.map(outcome))
      expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(1)
      expect(answers.filter((answer) => answer === replayed)).toHaveLength(29)
    }
  })

  it('was not used by a request that was refused for another reason', async () => {
    const { present, clock } = createTestCheck()
    const proof = await client.prove({ iat: nowSeconds + 30 })
    expect(await outcome(present(proof, client.jkt))).toBe(stale)
    expect(await outcome(present(proof, client.jkt, { method: 'POST' }))).toBe('invalid_token dpop_proof_invalid')
    expect(await outcome(present(proof, other.jkt))).toBe('invalid_token dpop_key_mismatch')
    clock.seconds += 30
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
  })
})

describe('the time of a proof', () => {
  it.each([
    [-60, 'accepted'],
    [-60.001, stale],
    [10, 'accepted'],
    [10.001, stale],
  ])('made %d s from now is %s', async (offset, expected) => {
    const { present } = createTestCheck()
    expect(await outcome(present(await client.prove({ iat: nowSeconds + offset }), client.jkt))).toBe(expected)
  })

  it('is up to the options', async () => {
    const { present } = createTestCheck({ maxProofAgeSeconds: 5, clockToleranceSeconds: 0 })
    for (const [offset, expected] of [
      [-5, 'accepted'],
      [-6, stale],
      [0, 'accepted'],
      [1, stale],
    ] as const) {
      expect(await outcome(present(await client.prove({ iat: nowSeconds + offset }), client.jkt))).toBe(expected)
    }
  })

  it.each([
    ['the memory of the process', undefined],
    ['a store', 'store'],
  ])('is covered to its end by %s, for a client whose clock is ahead too', async (_, kind) => {
    for (const ahead of [0, 10]) {
      const clock = { seconds: nowSeconds }
      const replayStore = kind && createMemoryStore({ now: () => clock.seconds * 1000 })
      const check = createTestCheck(replayStore ? { replayStore } : {})
      const proof = await client.prove({ iat: nowSeconds + ahead })
      expect(await outcome(check.present(proof, client.jkt))).toBe('accepted')
      for (let passed = 1; passed <= 60 + ahead; passed += 1) {
        clock.seconds = check.clock.seconds = nowSeconds + passed
        if (passed % 7 === 0 || passed >= 59) expect(await outcome(check.present(proof, client.jkt))).toBe(replayed)
      }
      clock.seconds = check.clock.seconds = nowSeconds + 60 + ahead + 0.001
      expect(await outcome(check.present(proof, client.jkt))).toBe(stale)
    }
  })

  it('is not extended by a clock that is set back by seconds', async () => {
    const { present, clock } = createTestCheck()
    const proof = await client.prove({ iat: nowSeconds })
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
    clock.seconds = nowSeconds + 69
    await present(await client.prove({ iat: clock.seconds }), client.jkt)
    clock.seconds = nowSeconds + 60
    expect(await outcome(present(proof, client.jkt))).toBe(replayed)
  })
})

describe('a clock that jumps', () => {
  it.each([3600, 86_400, 71])('ahead by %i s and back does not make a proof good again', async (jump) => {
    const { present, clock } = createTestCheck()
    const proof = await client.prove()
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
    for (let jumps = 1; jumps <= 3; jumps += 1) {
      clock.seconds = nowSeconds + jumps * jump
      expect(await outcome(present(await client.prove({ iat: clock.seconds }), client.jkt))).toBe('accepted')
    }
    clock.seconds = nowSeconds + 1
    expect(await outcome(present(proof, client.jkt))).toBe(replayed)
  })

  it('back does not make a proof good again that was made before, even when it gets there once more', async () => {
    const { present, clock } = createTestCheck()
    const proof = await client.prove()
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
    clock.seconds = nowSeconds - 3600
    expect(await outcome(present(proof, client.jkt))).toBe(stale)
    expect(await outcome(present(await client.prove({ iat: clock.seconds }), client.jkt))).toBe('accepted')
    clock.seconds = nowSeconds + 1
    expect(await outcome(present(proof, client.jkt))).toBe(replayed)
  })
})

describe('the store', () => {
  const failing: Pick<Store, 'add'> = { add: () => Promise.reject(new Error('ECONNREFUSED')) }

  it('that fails accepts nothing and blames nobody', async () => {
    const { present } = createTestCheck({ replayStore: failing })
    expect(await outcome(present(await client.prove(), client.jkt))).toBe('unavailable replay_unavailable')
  })

  it('that never answers is given up after the time that it has', async () => {
    const { present } = createTestCheck({ replayStore: { add: () => new Promise(() => {}) }, replayTimeoutMs: 1 })
    const error = await present(await client.prove(), client.jkt).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ outcome: 'unavailable', code: 'replay_unavailable', retryAfterSeconds: 1 })
    expect(String(error)).toContain('did not answer within 1 ms')
  })

  it('is not asked about a proof that is bad', async () => {
    let asked = 0
    const { present } = createTestCheck({ replayStore: { add: async () => (asked += 1) > 0 } })
    await outcome(present(await other.prove(), client.jkt))
    await outcome(present(await client.prove({ iat: 0 }), client.jkt))
    await outcome(present((await client.prove()).replace(/[^.]+$/, 'AAAA'), client.jkt))
    expect(asked).toBe(0)
    await present(await client.prove(), client.jkt)
    expect(asked).toBe(1)
  })

  it('holds neither jti nor token, and keys of one size', async () => {
    const keys: string[] = []
    const { present } = createTestCheck({ replayStore: { add: async (key) => keys.push(key) > 0 } })
    for (const jti of ['a', 'é'.repeat(256), '../../etc/passwd', '\r\nFLUSHALL\r\n']) await present(await client.prove({ jti }), client.jkt)
    for (const key of keys) expect(key).toMatch(/^dpop:[\w-]{43}$/)
    expect(new Set(keys).size).toBe(4)
  })

  it('made by createMemoryStore forgets the oldest proof when it is full, as its documentation warns', async () => {
    const { present } = createTestCheck({ replayStore: createMemoryStore({ maxEntries: 2 }) })
    const proof = await client.prove()
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
    for (let n = 0; n < 2; n += 1) await present(await other.prove(), other.jkt)
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
  })
})
