import { expect, onTestFinished, test, vi } from 'vitest'
import { interruptible } from './interruptible.js'

/** Whether a rejection has nobody who hears of it: Node would end the process. */
function unheard() {
  const heard = vi.fn<(reason: unknown) => void>()
  process.on('unhandledRejection', heard)
  onTestFinished(() => void process.off('unhandledRejection', heard))
  return heard
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('ends the wait with the signal, before and after it has begun', async () => {
  const giver = new AbortController()
  const waiting = interruptible(new Promise(() => {}), giver.signal)
  giver.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
  await expect(interruptible(Promise.resolve(1), giver.signal)).rejects.toMatchObject({ code: 'aborted' })
})

test.each(['before', 'after'])('work that fails when its waiter has given up %s it began ends no process', async (when) => {
  const heard = unheard()
  const giver = new AbortController()
  if (when === 'before') giver.abort()
  let fail = (): void => {}
  const waiting = interruptible(new Promise((_, reject) => (fail = () => reject(new Error('the server is down')))), giver.signal)
  if (when === 'after') giver.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
  fail()
  await settled()
  expect(heard).not.toHaveBeenCalled()
})

test('gives what the work comes to, and what it fails with', async () => {
  const { signal } = new AbortController()
  const failure = new Error('the server is down')
  expect(await interruptible(Promise.resolve(1), signal)).toBe(1)
  await expect(interruptible(Promise.reject(failure), signal)).rejects.toBe(failure)
  await expect(interruptible(Promise.reject(failure), undefined)).rejects.toBe(failure)
})
