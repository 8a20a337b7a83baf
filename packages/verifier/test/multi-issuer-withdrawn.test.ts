import { describe, expect, it } from 'vitest'
import type { KeySource, VerificationKey } from '../src/key-source.js'
import { resolveKeys } from '../src/internal/resolve-keys.js'
import { settle } from './fake-clock.js'
import { home, homeKey, homeRules } from './multi-issuer-fixture.js'
import { createRegister, token } from './multi-issuer-register.js'
import { outcome } from './verdict.js'

/** Keys that are at hand, until those who ask have to wait for them. */
function createSlowKeys() {
  const known = resolveKeys({ jwks: { keys: [homeKey.jwk] } }, () => expect.fail('nothing is remote'))
  const waiting: (() => void)[] = []
  const slow = { is: false, waiting }
  const source: KeySource = {
    keysFor: (hint) => {
      const keys = known.keysFor(hint) as readonly VerificationKey[]
      return slow.is ? new Promise((resolve) => waiting.push(() => resolve(keys))) : keys
    },
    newerKeysFor: (hint) => known.newerKeysFor(hint),
  }
  return { slow, source }
}

function setUp() {
  const { slow, source } = createSlowKeys()
  const register = createRegister()
  register.register.set(home, { ...homeRules, keys: source })
  return { ...register, slow, source }
}

describe('while the keys are waited for that a kept verdict needs', () => {
  it('trust that is withdrawn counts at once', async () => {
    const { verifier, trusted, slow } = setUp()
    await verifier.verify(token)
    slow.is = true
    const verified = outcome(verifier.verify(token))
    trusted.delete(home)
    slow.waiting[0]?.()
    expect(await verified).toBe('invalid_token issuer_unknown')
  })

  it('rules that are others by then count', async () => {
    const { verifier, register, clock, slow, source } = setUp()
    await verifier.verify(token)
    slow.is = true
    const verified = outcome(verifier.verify(token))
    register.set(home, { ...homeRules, keys: source, audience: 'billing-api' })
    await clock.advance(300_000)
    slow.is = false
    slow.waiting[0]?.()
    expect(await verified).toBe('invalid_token audience_mismatch')
  })

  it('rules that are the same by then leave the verdict in place', async () => {
    const { verifier, asked, clock, slow } = setUp()
    const first = await verifier.verify(token)
    slow.is = true
    const verified = verifier.verify(token)
    await clock.advance(300_000)
    slow.is = false
    slow.waiting[0]?.()
    expect(await verified).toBe(first)
    expect(asked).toEqual([home, home])
  })
})

describe('while the keys are waited for once more, since the rules had to be asked for', () => {
  it('trust that is withdrawn counts at once', async () => {
    const { verifier, trusted, clock, slow } = setUp()
    slow.is = true
    const verified = outcome(verifier.verify(token))
    await clock.advance(300_000)
    slow.waiting[0]?.()
    await settle()
    expect(slow.waiting).toHaveLength(2)
    trusted.delete(home)
    slow.waiting[1]?.()
    expect(await verified).toBe('invalid_token issuer_unknown')
  })

  it('and each takes longer than the other is good for, nothing is said', async () => {
    const { verifier, clock, slow } = setUp()
    slow.is = true
    const verified = outcome(verifier.verify(token))
    for (let turn = 0; turn < 20; turn += 1) {
      await clock.advance(300_000)
      slow.waiting.shift()?.()
      await settle()
    }
    expect(await verified).toBe('unavailable issuer_unavailable')
  })
})
