import { expect, test, vi } from 'vitest'
import { createAuthStore } from './auth-store.js'

const john = { status: 'authenticated', user: { sub: 'john' } } as const

test('begins as loading, and tells every listener of a change, until it leaves', () => {
  const store = createAuthStore()
  expect(store.getState()).toEqual({ status: 'loading' })
  const [first, second] = [vi.fn(), vi.fn()]
  const leave = store.subscribe(first)
  store.subscribe(second)
  store.setState(john)
  leave()
  store.setState({ status: 'anonymous' })
  expect(first.mock.calls).toEqual([[john]])
  expect(second.mock.calls).toEqual([[john], [{ status: 'anonymous' }]])
})

test('stays the same object until something changes', () => {
  const store = createAuthStore()
  const listener = vi.fn()
  const kept = store.setState(john)
  store.subscribe(listener)
  expect(store.setState({ status: 'authenticated', user: { sub: 'john' } })).toBe(kept)
  expect(store.getState()).toBe(kept)
  expect(listener).not.toHaveBeenCalled()
})

test('a function that listens twice is told twice, and leaves once at a time', () => {
  const store = createAuthStore()
  const listener = vi.fn()
  const leave = store.subscribe(listener)
  store.subscribe(listener)
  store.setState(john)
  leave()
  leave()
  store.setState({ status: 'anonymous' })
  expect(listener).toHaveBeenCalledTimes(3)
})

test('a listener that throws keeps nobody else from hearing it, and is reported', () => {
  const report = vi.fn()
  vi.stubGlobal('reportError', report)
  const store = createAuthStore()
  const listener = vi.fn()
  store.subscribe(() => {
    throw new Error('broken')
  })
  store.subscribe(listener)
  expect(store.setState(john)).toBe(john)
  expect(listener).toHaveBeenCalledTimes(1)
  expect(report.mock.calls).toEqual([[expect.objectContaining({ message: 'broken' })]])
  vi.unstubAllGlobals()
})
