import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JwtRulesOptions } from '../src/jwt-rules-options.js'
import { home, homeRules, partnerRules } from './multi-issuer-fixture.js'
import { createRegister, token } from './multi-issuer-register.js'
import { now } from './verifier-fixture.js'
import { outcome } from './verdict.js'

describe('an answer that is none', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it.each<[string, unknown]>([
    ['the rules of another issuer', partnerRules],
    ['rules of almost this name', { ...homeRules, issuer: `${home}/` }],
    ['rules without a name', { ...homeRules, issuer: undefined }],
    ['rules without an audience', { ...homeRules, audience: undefined }],
    ['rules with a misspelt option', { ...homeRules, algorithm: ['RS256'] }],
    ['rules with an option of the verifier', { ...homeRules, cache: false }],
    ['rules with a broken key set', { ...homeRules, keys: { jwks: {} } }],
    ['rules with keys on an insecure page', { ...homeRules, keys: { jwksUri: 'http://login.example.com/jwks' } }],
    ['null', null],
    ['a text', 'https://login.example.com'],
    ['true', true],
    ['a list', [homeRules]],
  ])('is cannot decide, and asked for anew: %s', async (_, answer) => {
    const { verifier, asked, fetched } = createRegister({ resolve: (issuer) => (asked.push(issuer), answer as never) })
    expect(await outcome(verifier.verify(token))).toBe('unavailable issuer_unavailable')
    expect(await outcome(verifier.verify(token))).toBe('unavailable issuer_unavailable')
    expect({ asked, fetched }).toEqual({ asked: [home, home], fetched: [] })
  })

  it.each([
    ['throws', () => raise(new Error('no database'))],
    ['rejects', () => Promise.reject(new Error('no database'))],
  ])('is cannot decide when the resolver %s, for verdicts that are kept too', async (_, failing) => {
    let fails = true
    const { verifier, clock } = createRegister({ resolve: () => (fails ? failing() : homeRules) })
    const error: unknown = await verifier.verify(token).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'issuer_unavailable', outcome: 'unavailable', retryAfterSeconds: 1 })
    expect(error).toMatchObject({ cause: new Error('no database') })
    fails = false
    const first = await verifier.verify(token)
    fails = true
    await clock.advance(300_000)
    expect(await outcome(verifier.verify(token))).toBe('unavailable issuer_unavailable')
    fails = false
    expect((await verifier.verify(token)).claims).toEqual(first.claims)
  })

  it('is cannot decide when it does not come in time, for all who wait for it, and what comes later is dropped', async () => {
    const answers: ((rules: JwtRulesOptions | undefined) => void)[] = []
    const { verifier, asked } = createRegister({
      resolve: (issuer) => (asked.push(issuer), new Promise((resolve) => answers.push(resolve))),
      timeoutMs: 700,
    })
    const waiting = [outcome(verifier.verify(token)), outcome(verifier.verify(token))]
    await vi.advanceTimersByTimeAsync(700)
    expect(await Promise.all(waiting)).toEqual(['unavailable issuer_unavailable', 'unavailable issuer_unavailable'])
    // The end of the turn in which they were told.
    await vi.advanceTimersByTimeAsync(1)
    expect(vi.getTimerCount()).toBe(0)
    const again = outcome(verifier.verify(token))
    answers[0]?.(undefined)
    answers[1]?.(homeRules)
    expect(await again).toBe('accepted')
    expect(asked).toEqual([home, home])
  })
})

describe('a clock that was set back', () => {
  /** A register on a clock that can be set. */
  function setUp(resolver: Parameters<typeof createRegister>[0] = {}) {
    const clock = { time: now }
    return { ...createRegister(resolver, { now: () => clock.time }), clock }
  }

  it('does not have rules believed for longer', async () => {
    const { verifier, asked, clock } = setUp()
    await verifier.verify(token)
    clock.time -= 300_000
    await verifier.verify(token)
    expect(asked).toEqual([home, home])
  })

  it.each([1, 150_000, 299_999])('by %d ms has rules asked for again that are from after its time', async (back) => {
    const { verifier, register, clock } = setUp()
    await verifier.verify(token)
    register.delete(home)
    clock.time -= back
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
  })

  it('has an issuer asked about again that was unknown after its time', async () => {
    const { verifier, register, clock } = setUp()
    register.delete(home)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
    register.set(home, homeRules)
    clock.time -= 9_999
    expect(await outcome(verifier.verify(token))).toBe('accepted')
  })

  it('does not bring back an issuer that was withdrawn', async () => {
    const { verifier, register, clock } = setUp()
    await verifier.verify(token)
    register.delete(home)
    clock.time += 300_000
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
    clock.time -= 299_999
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
  })

  it('does not have an issuer unknown again that has been found since', async () => {
    const { verifier, register, clock } = setUp({ resolveTtlMs: 1000, unknownTtlMs: 10_000 })
    register.delete(home)
    expect(await outcome(verifier.verify(token))).toBe('invalid_token issuer_unknown')
    register.set(home, homeRules)
    clock.time += 10_000
    expect(await outcome(verifier.verify(token))).toBe('accepted')
    clock.time -= 5000
    expect(await outcome(verifier.verify(token))).toBe('accepted')
  })
})

function raise(error: Error): never {
  throw error
}
