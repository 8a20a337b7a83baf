import { describe, expect, it } from 'vitest'
import { Evictions } from './evictions.js'

const issuer = 'https://login.example.com'
const john = { issuer, claims: { sub: 'john', jti: 'j1', sid: 's1' } }

function setUp(options: { clockToleranceSeconds?: number; maxMarks?: number } = {}) {
  const clock = { time: 1_000_000 }
  const evictions = new Evictions({ maxTtlMs: 60_000, clockToleranceSeconds: 0, ...options, now: () => clock.time })
  return { clock, evictions }
}

describe('marks of eviction', () => {
  it('cover what was asked before them, and at the same moment', () => {
    const { clock, evictions } = setUp()
    evictions.add({ sub: 'john' })
    expect([-1, 0, 1].map((later) => evictions.cover(clock.time + later, 'key', john))).toEqual([true, true, false])
  })

  it('allow for clocks of other instances that are ahead', () => {
    const { clock, evictions } = setUp({ clockToleranceSeconds: 5 })
    evictions.add({ sub: 'john' })
    expect([5000, 5001].map((later) => evictions.cover(clock.time + later, 'key', john))).toEqual([true, false])
  })

  it('are told apart by name, value and issuer', () => {
    const { evictions } = setUp()
    evictions.add({ sub: 'j1' })
    evictions.add({ jti: 'john' })
    evictions.add({ sid: 's1', issuer: 'https://other.example.com' })
    evictions.addKey('other')
    expect(evictions.cover(0, 'key', john)).toBe(false)
    evictions.add({ sid: 's1', issuer })
    expect(evictions.cover(0, 'key', john)).toBe(true)
  })

  it('of a claim do not cover a token without it', () => {
    const { evictions } = setUp()
    evictions.add({ sub: 'undefined' })
    expect(evictions.cover(0, 'key', { issuer, claims: {} })).toBe(false)
    expect(evictions.cover(0, 'key')).toBe(false)
  })

  it('cover what was asked before them, also by a clock that has been set back', () => {
    const { clock, evictions } = setUp()
    const askedAt = evictions.noteQuestion()
    clock.time -= 20
    evictions.add({ sub: 'john' })
    evictions.addKey('key')
    expect([askedAt, askedAt + 1].map((time) => evictions.cover(time, 'other', john))).toEqual([true, false])
    expect([askedAt, askedAt + 1].map((time) => evictions.cover(time, 'key'))).toEqual([true, false])
  })

  it('cover what was seen before them, and are not undone by a clock that gives no number', () => {
    const { clock, evictions } = setUp()
    expect(evictions.cover(clock.time + 20, 'key', john)).toBe(false)
    clock.time = Number.NaN
    evictions.noteQuestion()
    evictions.add({ sub: 'john' })
    expect([20, 21].map((later) => evictions.cover(1_000_000 + later, 'key', john))).toEqual([true, false])
  })

  it('on a token count until its key is known, and by that from then on', () => {
    const { clock, evictions } = setUp()
    evictions.addToken('opaque')
    clock.time += 5
    const covered = () => [evictions.coverToken(clock.time - 5, 'opaque'), evictions.cover(clock.time, 'key')]
    expect([covered(), evictions.coverToken(clock.time, 'opaque'), evictions.coverToken(0, 'another')]).toEqual([
      [true, false],
      false,
      false,
    ])
    evictions.replaceToken('opaque', 'key')
    expect(covered()).toEqual([false, true])
  })

  it('end when nothing is left that they could cover', () => {
    const { clock, evictions } = setUp({ maxMarks: 2 })
    evictions.add({ sub: 'john' })
    clock.time += 60_000
    evictions.add({ sub: 'jane' })
    evictions.add({ sub: 'jack' })
    expect(evictions.cover(0, 'key', john)).toBe(false)
  })

  it('cover everything from before when there are too many', () => {
    const { clock, evictions } = setUp({ maxMarks: 2 })
    for (const sub of ['a', 'b', 'c']) evictions.add({ sub })
    expect(evictions.cover(clock.time, 'key', john)).toBe(true)
    expect(evictions.cover(clock.time + 1, 'key', john)).toBe(false)
  })
})
