import { describe, expect, it } from 'vitest'
import { createHybridVerifier } from '../src/hybrid-verifier.js'
import { createFakeIntrospection, createVerifier as createIntrospection } from './introspection-fixture.js'
import { createWatchedIntrospection, presentation } from './hybrid-fixture.js'
import { home, homeRules } from './multi-issuer-fixture.js'
import { createRegister, token } from './multi-issuer-register.js'
import { claims, createVerifier, key } from './verifier-fixture.js'

describe('what several issuers have been found to have signed', () => {
  it('is at hand as long as the issuer is trusted', async () => {
    const { verifier, trusted } = createRegister()
    expect(verifier.recall(token)).toBeUndefined()
    const verified = await verifier.verify(token)
    expect(verifier.recall(token)).toBe(verified)
    trusted.delete(home)
    expect(verifier.recall(token)).toBeUndefined()
  })

  it('is not at hand when the time of the rules is over, until it is known that they are the same', async () => {
    const { verifier, clock, register, asked } = createRegister()
    const verified = await verifier.verify(token)
    await clock.advance(300_000)
    expect(verifier.recall(token)).toBeUndefined()
    expect(await verifier.verify(token)).toBe(verified)
    expect(verifier.recall(token)).toBe(verified)
    expect(asked).toEqual([home, home])
    register.set(home, { ...homeRules, requiredClaims: ['account_nr'] })
    await clock.advance(300_000)
    expect(verifier.recall(token)).toBeUndefined()
    await clock.advance(0)
    expect(verifier.recall(token)).toBeUndefined()
  })

  it('is not at hand, and nothing is thrown, when the predicate fails', async () => {
    let fails = false
    const { verifier } = createRegister({ isTrusted: () => !fails || raise(new Error('no register')) })
    await verifier.verify(token)
    fails = true
    expect(verifier.recall(token)).toBeUndefined()
  })
})

describe('what a hybrid verifier has found out', () => {
  it('is at hand for JWTs, and never for a token that may have to be confirmed', async () => {
    const signed = await key.sign(claims)
    const introspection = createWatchedIntrospection()
    const jwt = createVerifier()
    const [plain, confirming] = [
      createHybridVerifier({ jwt, introspection }),
      createHybridVerifier({ jwt, introspection, confirm: () => false }),
    ]
    const verified = await plain.verify(signed, presentation)
    expect(plain.recall?.(signed, presentation)).toBe(verified)
    expect(await confirming.verify(signed, presentation)).toBe(verified)
    expect(confirming.recall?.(signed, presentation)).toBeUndefined()
    expect(plain.recall?.('opaque', presentation)).toBeUndefined()
  })
})

it('is at hand for opaque tokens, and never for a JWT that only introspection knows', async () => {
  const fake = createFakeIntrospection()
  const introspection = createIntrospection(fake)
  const signed = await key.sign({ ...claims, aud: 'billing-api' })
  const hybrid = createHybridVerifier({ jwt: createVerifier(), introspection, confirm: () => true })
  const verified = await hybrid.verify('opaque', presentation)
  expect(hybrid.recall?.('opaque', presentation)).toBe(verified)
  await introspection.verify(signed)
  expect(introspection.recall?.(signed, presentation)?.claims.sub).toBe('john')
  expect(hybrid.recall?.(signed, presentation)).toBeUndefined()
})

function raise(error: Error): never {
  throw error
}
