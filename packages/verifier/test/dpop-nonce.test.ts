import { describe, expect, it } from 'vitest'
import type { DpopOptions } from '../src/dpop-options.js'
import { createProofKey, createTestCheck } from './dpop-fixture.js'
import { outcome } from './verdict.js'
import { nowSeconds } from './verifier-fixture.js'

const client = await createProofKey()
const secret = new Uint8Array(32).fill(1)
const required = 'invalid_token dpop_nonce_required'

const create = (options: Partial<DpopOptions> = {}) => createTestCheck({ nonce: { secret }, ...options })

describe('where a nonce is demanded', () => {
  it('a proof with the current one is accepted, and so is the next with the same', async () => {
    const { support, present } = create()
    const nonce = await support.nonce?.()
    expect(nonce).toMatch(/^[\w-]{54}$/)
    for (let n = 0; n < 2; n += 1) expect(await outcome(present(await client.prove({ nonce }), client.jkt))).toBe('accepted')
  })

  it('a proof is used up with its nonce', async () => {
    const { support, present } = create()
    const proof = await client.prove({ nonce: await support.nonce?.() })
    expect(await outcome(present(proof, client.jkt))).toBe('accepted')
    expect(await outcome(present(proof, client.jkt))).toBe('invalid_token dpop_proof_replayed')
  })

  it('a proof without one, with an invented one, and with one of another API is sent for one', async () => {
    const { present } = create()
    const foreign = await create({ nonce: { secret: new Uint8Array(32).fill(2) } }).support.nonce?.()
    for (const nonce of [undefined, '', 'eyJ7S_zG.eyJH0-Z.HX4w-7v', 'A'.repeat(54), 'A'.repeat(4000), '__proto__', foreign]) {
      const error = await present(await client.prove({ nonce }), client.jkt).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ outcome: 'invalid_token', code: 'dpop_nonce_required', challengeError: 'use_dpop_nonce' })
    }
  })

  it('a proof with a nonce of the secret before is accepted as long as that one is named, too', async () => {
    const nonce = await create().support.nonce?.()
    const next = new Uint8Array(32).fill(2)
    const [both, one] = [create({ nonce: { secret: [next, secret] } }), create({ nonce: { secret: [next] } })]
    expect(await outcome(both.present(await client.prove({ nonce }), client.jkt))).toBe('accepted')
    expect(await outcome(one.present(await client.prove({ nonce }), client.jkt))).toBe(required)
    expect(await both.support.nonce?.()).toBe(await one.support.nonce?.())
  })

  it.each([null, 1, ['nonce'], {}])('a proof with the nonce %j is no proof', async (nonce) => {
    const { present } = create()
    expect(await outcome(present(await client.prove({ nonce }), client.jkt))).toBe('invalid_token dpop_proof_invalid')
  })

  it('a nonce is accepted for its lifetime, and replaced after it', async () => {
    const { support, present, clock } = create()
    const nonce = await support.nonce?.()
    const proveNow = (value: unknown) => client.prove({ nonce: value, iat: clock.seconds })
    clock.seconds = nowSeconds + 299
    expect(await outcome(present(await proveNow(nonce), client.jkt))).toBe('accepted')
    clock.seconds = nowSeconds + 300
    expect(await outcome(present(await proveNow(nonce), client.jkt))).toBe(required)
    expect(await outcome(present(await proveNow(await support.nonce?.()), client.jkt))).toBe('accepted')
  })

  it('a proof that was made in advance is worth nothing when its time has come', async () => {
    const { support, present, clock } = create({ nonce: { secret, lifetimeSeconds: 10 } })
    const proof = await client.prove({ nonce: await support.nonce?.(), iat: nowSeconds + 3600 })
    clock.seconds += 3600
    expect(await outcome(present(proof, client.jkt))).toBe(required)
  })

  it('the time of a proof counts as it does without', async () => {
    const { support, present } = create()
    const nonce = await support.nonce?.()
    expect(await outcome(present(await client.prove({ nonce, iat: nowSeconds - 61 }), client.jkt))).toBe('invalid_token dpop_proof_stale')
  })

  it('an instance takes the nonces of another, whose clock is a little ahead', async () => {
    const [one, other] = [create(), create()]
    other.clock.seconds += 10
    const nonce = await other.support.nonce?.()
    expect(await outcome(one.present(await client.prove({ nonce }), client.jkt))).toBe('accepted')
    one.clock.seconds -= 1
    expect(await outcome(one.present(await client.prove({ nonce }), client.jkt))).toBe(required)
  })

  it('nobody is sent for a nonce who does not have the key', async () => {
    const { present } = create()
    expect(await outcome(present((await client.prove()).replace(/[^.]+$/, 'AAAA'), client.jkt))).toBe('invalid_token dpop_proof_invalid')
  })
})

it('without the option no nonce is given', () => {
  expect(createTestCheck().support).toEqual({ algorithms: createTestCheck().support.algorithms })
  expect(Object.isFrozen(createTestCheck().support)).toBe(true)
})
