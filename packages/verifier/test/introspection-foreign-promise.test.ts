import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as portable from '../src/internal/platform/portable.js'
import type { createIntrospectionVerifier, IntrospectionVerifier } from '../src/introspection-verifier.js'
import { active, createFakeIntrospection, createFakeStore, json, settingsFor } from './introspection-fixture.js'
import { issuer } from './verifier-fixture.js'

let create: typeof createIntrospectionVerifier

/** Stands for those that applications put in the place of the global one: what `async` functions give is no instance of it. */
class ForeignPromise<T> extends Promise<T> {}

// Other test files may have loaded the modules for Node in this process before.
beforeAll(async () => {
  vi.doMock('#platform', () => portable)
  vi.resetModules()
  create = (await import('../src/introspection-verifier.js')).createIntrospectionVerifier
})
afterAll(() => {
  vi.doUnmock('#platform')
  vi.resetModules()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

async function verdicts(verifier: IntrospectionVerifier, ...tokens: string[]): Promise<string[]> {
  const said: string[] = []
  for (const token of tokens) {
    const verdict = verifier.verify(token).then(
      () => 'accepted',
      (error: unknown) => String(Object(error).code),
    )
    said.push(await verdict)
  }
  return said
}

describe('where the application has another Promise', () => {
  it.each([
    ['the memory of the process', {}],
    ['a store', { cache: { store: createFakeStore() } }],
  ])('no token is given the answer on another, from %s', async (_, options) => {
    vi.stubGlobal('Promise', ForeignPromise)
    expect((async () => {})() instanceof Promise).toBe(false)
    const fake = createFakeIntrospection((token) => json({ ...active, active: token === 'john' }))
    const verifier = create({ ...settingsFor(fake.fetch), ...options })
    expect(await verdicts(verifier, 'john', 'mallory', 'john')).toEqual(['accepted', 'token_inactive', 'accepted'])
    expect([verifier.recall('john'), verifier.recall('mallory')]).toEqual([undefined, undefined])
    expect(fake.asked).toEqual(['john', 'mallory'])
    await verifier.evict({ token: 'john' })
    fake.reply = () => json({ active: false })
    expect(await verdicts(verifier, 'john')).toEqual(['token_inactive'])
  })

  it('metadata that cannot be had are an outage, and say nothing about the token', async () => {
    vi.stubGlobal('Promise', ForeignPromise)
    const fetch = () => Promise.reject(new Error('down'))
    const verifier = create({ ...settingsFor(fetch), endpoint: undefined, issuer })
    expect(await verdicts(verifier, 'john')).toEqual(['introspection_unavailable'])
  })
})
