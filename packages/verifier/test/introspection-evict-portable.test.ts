import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AccessTokenError } from '../src/access-token-error.js'
import type { createIntrospectionVerifier } from '../src/introspection-verifier.js'
import * as portable from '../src/internal/platform/portable.js'
import { settle } from './fake-clock.js'
import { active, createFakeIntrospection, createFakeStore, json, settingsFor } from './introspection-fixture.js'

const inactive = 'invalid_token token_inactive'
/** Hashes wait here while they are held back, in the order in which they were asked for. */
let heldBack: (() => void)[] | undefined
/** Whether the platform makes no hashes. */
let isWithoutHashes = false
let create: typeof createIntrospectionVerifier

// Other test files may have loaded the modules for Node in this process before.
beforeAll(async () => {
  const sha256: typeof portable.sha256 = async (data) => {
    if (isWithoutHashes) throw new Error('no hashes here')
    if (heldBack !== undefined) await new Promise<void>((resolve) => heldBack?.push(resolve))
    return portable.sha256(data)
  }
  vi.doMock('#platform', () => ({ ...portable, sha256 }))
  vi.resetModules()
  create = (await import('../src/introspection-verifier.js')).createIntrospectionVerifier
})
afterAll(() => {
  vi.doUnmock('#platform')
  vi.resetModules()
})

/** The modules are loaded anew, and their errors are not instances of the class that tests know. */
const outcome = (verified: Promise<unknown>) =>
  verified.then(
    () => 'accepted',
    ({ outcome: kind, code }: AccessTokenError) => `${kind} ${code}`,
  )

describe.each([
  ['memory', () => ({})],
  ['a store', () => ({ cache: { store: createFakeStore() } })],
])('where hashes take time, and answers are in %s, the eviction of a token', (_, options) => {
  const setUp = async () => {
    heldBack = undefined
    const fake = createFakeIntrospection((token) => json({ ...active, sub: token }))
    const verifier = create({ ...settingsFor(fake.fetch), ...options() })
    for (const token of ['john', 'jane']) {
      await verifier.verify(token)
      await settle()
      await verifier.verify(token)
    }
    expect(fake.asked).toEqual(['john', 'jane'])
    const answers = () => Promise.all(['john', 'jane'].map((token) => outcome(verifier.verify(token))))
    return { fake, verifier, answers }
  }

  it('counts from the call on, about that token alone, also while its hash takes longer than that of a request', async () => {
    const { fake, verifier, answers } = await setUp()
    fake.reply = () => json({ active: false })
    heldBack = []
    const evicted = verifier.evict({ token: 'john' })
    const [release] = heldBack
    heldBack = undefined
    expect(await answers()).toEqual([inactive, 'accepted'])
    release?.()
    await evicted
    expect(await answers()).toEqual([inactive, 'accepted'])
  })

  it('counts also where its request, and its hash with it, was cut off', async () => {
    const { fake, verifier, answers } = await setUp()
    heldBack = []
    void verifier.evict({ token: 'john' })
    heldBack = undefined
    fake.reply = () => json({ active: false })
    expect(await answers()).toEqual([inactive, 'accepted'])
    await settle()
    expect(await answers()).toEqual([inactive, 'accepted'])
  })

  it('has whoever comes after it not join those who came before', async () => {
    const { fake, verifier } = await setUp()
    const before = outcome(verifier.verify('john'))
    fake.reply = () => json({ active: false })
    const evicted = verifier.evict({ token: 'john' })
    expect(await outcome(verifier.verify('john'))).toBe(inactive)
    await Promise.all([before, evicted])
  })

  it('ends what was known to be refused, too', async () => {
    const { fake, verifier } = await setUp()
    fake.reply = () => json({ active: false })
    expect(await outcome(verifier.verify('jack'))).toBe(inactive)
    await settle()
    fake.reply = () => json(active)
    heldBack = []
    void verifier.evict({ token: 'jack' })
    heldBack = undefined
    expect(await outcome(verifier.confirm('jack'))).toBe('accepted')
  })
})

it('where there are no hashes, whoever asks is told, and nothing is left that nobody hears of', async () => {
  const unheard: unknown[] = []
  const note = (reason: unknown) => void unheard.push(reason)
  process.on('unhandledRejection', note)
  isWithoutHashes = true
  try {
    const verifier = create(settingsFor(createFakeIntrospection().fetch))
    await expect(Promise.all([verifier.verify('john'), verifier.verify('john')])).rejects.toThrow('no hashes here')
    await settle()
  } finally {
    isWithoutHashes = false
    process.off('unhandledRejection', note)
  }
  expect(unheard).toEqual([])
})
