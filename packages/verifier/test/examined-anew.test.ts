import type { VerifiedAccessToken } from '@bailiwick/protocol'
import { describe, expect, it, vi } from 'vitest'
import { createProofKey, hashOf, publicUrl, requestWith } from './dpop-fixture.js'
import { createFakeIntrospection, createVerifier, json, without } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { now } from './verifier-fixture.js'

const token = 'opaque'
const john = await createProofKey()
const mallory = await createProofKey()

/** A server that says something else the next time, each answer good for a second; and a verifier on a clock that can be moved. */
function setUp(answers: readonly Record<string, unknown>[], options: Parameters<typeof createVerifier>[1] = {}) {
  const clock = { time: now }
  const fake = createFakeIntrospection(() => {
    const said = answers[Math.min(fake.asked.length, answers.length) - 1]
    return json({ ...without('exp'), ...said }, { 'cache-control': 'max-age=1' })
  })
  return { fake, clock, verifierWith: (more: typeof options) => createVerifier(fake, { now: () => clock.time, ...options, ...more }) }
}

/** Revocation that is asked for longer than an answer is good, and knows some subjects. */
function slowRevocation(clock: { time: number }, revoked: readonly string[] = [], slow = Number.POSITIVE_INFINITY) {
  const asked: unknown[] = []
  const isRevoked = async ({ claims }: VerifiedAccessToken) => {
    if (asked.push(claims.sub) <= slow) clock.time += 1500
    return revoked.includes(String(claims.sub))
  }
  return { asked, revocation: { isRevoked } }
}

describe('what is found anew, since it no longer stood when revocation had answered', () => {
  it('is refused if it was revoked', async () => {
    const { clock, verifierWith } = setUp([{ sub: 'john' }, { sub: 'mary' }])
    const { asked, revocation } = slowRevocation(clock, ['mary'])
    expect(await outcome(verifierWith({ revocation }).verify(token))).toBe('invalid_token token_revoked')
    expect(asked).toEqual(['john', 'mary'])
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['bound to a key, and was not', {}, { token_type: 'DPoP', cnf: { jkt: john.jkt } }],
    ['bound in a way that is not understood', {}, { cnf: { other: 'A' } }],
    ['bound to nothing that can be read', {}, { cnf: 'A' }],
  ])('is refused if it is %s', async (_, before, after) => {
    const { clock, verifierWith } = setUp([before, after])
    const { revocation } = slowRevocation(clock, [], 1)
    const verifier = verifierWith({ revocation, senderConstraint: { dpop: { publicUrl } } })
    expect(await outcome(verifier.verify(token))).toBe('invalid_token confirmation_unchecked')
  })

  it('is accepted if it stands, and is what is given', async () => {
    const { fake, clock, verifierWith } = setUp([{ scope: 'orders_read' }, { scope: 'orders_write' }])
    const { asked, revocation } = slowRevocation(clock, [], 1)
    expect((await verifierWith({ revocation }).verify(token)).claims.scope).toBe('orders_write')
    expect([asked.length, fake.asked.length]).toEqual([2, 2])
  })

  it('cannot be decided on if it never stands for as long as revocation takes', async () => {
    const { fake, clock, verifierWith } = setUp([{}])
    const { asked, revocation } = slowRevocation(clock)
    expect(await outcome(verifierWith({ revocation }).verify(token))).toBe('unavailable revocation_unavailable')
    // At first, and in three rounds more.
    expect([asked.length, fake.asked.length]).toEqual([4, 4])
  })
})

describe('what is found anew, since it no longer stood when its proof had been remembered', () => {
  const boundTo = ({ jkt }: typeof john) => ({ token_type: 'DPoP', cnf: { jkt } })

  async function verifyTold(answers: readonly Record<string, unknown>[], isRevoked?: (token: VerifiedAccessToken) => boolean) {
    const { clock, verifierWith } = setUp(answers)
    const replayStore = {
      add: vi.fn(async () => {
        if (replayStore.add.mock.calls.length === 1) clock.time += 1500
        return true
      }),
    }
    const revocation = isRevoked && { isRevoked }
    const verifier = verifierWith({ revocation, senderConstraint: { dpop: { publicUrl, replayStore } } })
    const request = requestWith(await john.prove({ ath: hashOf(token) }))
    return { told: await outcome(verifier.verify(token, { scheme: 'DPoP', request })), remembered: replayStore.add.mock.calls.length }
  }

  it('is accepted if it is bound to the same key, with the proof that was used up', async () => {
    expect(await verifyTold([boundTo(john), { ...boundTo(john), scope: 'other' }])).toEqual({ told: 'accepted', remembered: 1 })
  })

  it.each<[string, Record<string, unknown>]>([
    ['another key', boundTo(mallory)],
    ['nothing', {}],
    ['a certificate as well', { token_type: 'DPoP', cnf: { jkt: john.jkt, 'x5t#S256': 'A'.repeat(43) } }],
  ])('is refused if it is bound to %s', async (_, after) => {
    expect(await verifyTold([boundTo(john), after])).toEqual({ told: 'invalid_token confirmation_unchecked', remembered: 1 })
  })

  it('is refused if it was revoked', async () => {
    const answers = [boundTo(john), { ...boundTo(john), sub: 'mary' }]
    expect((await verifyTold(answers, ({ claims }) => claims.sub === 'mary')).told).toBe('invalid_token token_revoked')
  })
})
