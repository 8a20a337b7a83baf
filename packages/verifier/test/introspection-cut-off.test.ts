import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock, settle } from './fake-clock.js'
import { active, createFakeIntrospection, createVerifier, json, typed } from './introspection-fixture.js'
import { outcome } from './verdict.js'
import { claims, key } from './verifier-fixture.js'

const full = '2 requests are under way, which is as many as may be'
const never = () => new Promise<never>(() => {})

/** As Workers do with what is under way when its request ends: no answer comes, and no timer ends the waiting. */
describe('questions that were cut off', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('do not keep the server from being asked for ever', async () => {
    const clock = createFakeClock()
    const fake = createFakeIntrospection(never)
    const verifier = createVerifier(fake, { maxConcurrentRequests: 2, now: clock.now })
    for (const token of ['one', 'two']) void verifier.verify(token)
    await settle()
    fake.reply = () => json(active)
    await expect(verifier.verify('three')).rejects.toThrow(full)
    await clock.advance(74_999)
    await expect(verifier.verify('three')).rejects.toThrow(full)
    await clock.advance(1)
    expect(await outcome(verifier.verify('three'))).toBe('accepted')
    expect(await outcome(verifier.verify('one'))).toBe('accepted')
  })

  it.each([
    [10_000, 150_000],
    [20, 60_000],
  ])('count for longer where the server may take longer, and never less: with a timeout of %d ms for %d', async (timeoutMs, longestMs) => {
    const clock = createFakeClock()
    const fake = createFakeIntrospection(never)
    const verifier = createVerifier(fake, { maxConcurrentRequests: 1, timeoutMs, now: clock.now })
    void verifier.verify('one')
    await settle()
    fake.reply = () => json(active)
    await clock.advance(longestMs - 1)
    expect(await outcome(verifier.verify('two'))).toBe('unavailable introspection_unavailable')
    await clock.advance(1)
    expect(await outcome(verifier.verify('two'))).toBe('accepted')
  })
})

it('keys that never come do not keep the server from being asked for ever', async () => {
  const clock = createFakeClock()
  // Signed before: another thread may take longer for it than the event loop is given.
  const jwt = await key.sign(claims)
  const fake = createFakeIntrospection(() => typed('application/jwt', jwt))
  let keysFor: () => Promise<never[]> = never
  const source = { keysFor: () => keysFor(), newerKeysFor: () => Promise.resolve([]) }
  const verifier = createVerifier(fake, { response: 'phantom', keys: source, maxConcurrentRequests: 2, now: clock.now })
  for (const token of ['one', 'two']) void verifier.verify(token)
  await settle()
  await expect(verifier.verify('three')).rejects.toThrow(full)
  await clock.advance(75_000)
  keysFor = () => Promise.reject(new Error('down'))
  expect(await outcome(verifier.verify('three'))).toBe('unavailable keys_unavailable')
})
