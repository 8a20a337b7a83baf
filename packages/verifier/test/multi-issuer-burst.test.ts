import { describe, expect, it } from 'vitest'
import type { JwtRulesOptions } from '../src/jwt-rules-options.js'
import { createFakeClock, settle } from './fake-clock.js'
import { home, homeRules } from './multi-issuer-fixture.js'
import { createRegister, token } from './multi-issuer-register.js'
import { outcome } from './verdict.js'

/** A resolver that answers when it is told to, at the longest after five seconds, and many who wait for it. */
function createCrowd(count: number) {
  const clock = createFakeClock()
  const answers: ((rules: JwtRulesOptions | undefined) => void)[] = []
  const { verifier, trusted } = createRegister({ resolve: () => new Promise((resolve) => answers.push(resolve)) }, { now: clock.now })
  const told: string[] = []
  const come = () => outcome(verifier.verify(token)).then((heard) => told.push(heard))
  for (let n = 0; n < count; n += 1) void come()
  return { clock, trusted, told, come, answers }
}

async function until(isSo: () => boolean, turn: () => void = () => {}): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => setImmediate(resolve))
    turn()
  }
}

describe('tokens that wait for the resolver', () => {
  it('are 10,000 at most, and more of them are told to come back', async () => {
    const { told, answers, come } = createCrowd(10_003)
    await settle()
    expect(told).toEqual(Array.from({ length: 3 }, () => 'unavailable issuer_unavailable'))
    answers[0]?.(homeRules)
    await until(() => told.length === 10_003)
    expect(new Set(told.slice(3))).toEqual(new Set(['accepted']))
    await come()
    expect(told.at(-1)).toBe('accepted')
    expect(answers).toHaveLength(1)
  })

  it.each<[string, JwtRulesOptions | undefined, string]>([
    ['rules', homeRules, 'accepted'],
    ['no rules', undefined, 'invalid_token issuer_unknown'],
  ])('go on a few in each turn of the event loop when there are %s', async (_, rules, expected) => {
    const { told, answers } = createCrowd(500)
    answers[0]?.(rules)
    let [most, before] = [0, 0]
    await until(
      () => told.length === 500,
      () => ([most, before] = [Math.max(most, told.length - before), told.length]),
    )
    expect(new Set(told)).toEqual(new Set([expected]))
    // 32 as they hear of it, and 32 in each turn, of which the first may be the same.
    expect(most).toBeLessThanOrEqual(64)
  })

  it('are refused if trust was withdrawn before it was their turn', async () => {
    const { told, answers, trusted } = createCrowd(100)
    answers[0]?.(homeRules)
    await until(() => told.length >= 32)
    trusted.delete(home)
    await until(() => told.length === 100)
    expect(told.at(-1)).toBe('invalid_token issuer_unknown')
  })

  it('do not keep others out for ever where they were cut off', async () => {
    const { clock, told, answers, come } = createCrowd(10_000)
    await clock.advance(60_000)
    const asked = come()
    await settle()
    for (const answer of answers) answer(homeRules)
    await asked
    expect(told.at(-1)).toBe('accepted')
  })
})
