import { expect, test, vi } from 'vitest'
import { createAuthStore } from './auth-store.js'

const john = { status: 'authenticated', user: { sub: 'john' } } as const

test('begins as loading, and tells every listener of a change, until it leaves', () => {
  const [getState, setState, subscribe] = createAuthStore()
  expect(getState()).toEqual({ status: 'loading' })
  const [first, second] = [vi.fn(), vi.fn()]
  const leave = subscribe(first)
  subscribe(second)
  setState(john)
  leave()
  setState({ status: 'anonymous' })
  expect(first.mock.calls).toEqual([[john]])
  expect(second.mock.calls).toEqual([[john], [{ status: 'anonymous' }]])
})

test('keeps without a state that nobody can tell, and logs nobody out', () => {
  const [, setState] = createAuthStore()
  expect(setState()).toEqual({ status: 'unavailable' })
  setState(john)
  expect(setState()).toEqual({ status: 'unavailable', user: { sub: 'john' } })
  setState({ status: 'anonymous' })
  expect(setState()).toEqual({ status: 'unavailable' })
})

test('stays the same object until something changes', () => {
  const [getState, setState, subscribe] = createAuthStore()
  const listener = vi.fn()
  const kept = setState(john)
  subscribe(listener)
  expect(setState({ status: 'authenticated', user: { sub: 'john' } })).toBe(kept)
  expect(getState()).toBe(kept)
  expect(listener).not.toHaveBeenCalled()
})

test('a function that listens twice is told twice, and leaves once at a time', () => {
  const [, setState, subscribe] = createAuthStore()
  const listener = vi.fn()
  const leave = subscribe(listener)
  subscribe(listener)
  setState(john)
  leave()
  leave()
  setState({ status: 'anonymous' })
  expect(listener).toHaveBeenCalledTimes(3)
})

test('a listener that throws keeps nobody else from hearing it, and is reported', () => {
  const report = vi.fn()
  vi.stubGlobal('reportError', report)
  const [, setState, subscribe] = createAuthStore()
  const listener = vi.fn()
  subscribe(() => {
    throw new Error('broken')
  })
  subscribe(listener)
  expect(setState(john)).toBe(john)
  expect(listener).toHaveBeenCalledTimes(1)
  expect(report.mock.calls).toEqual([[expect.objectContaining({ message: 'broken' })]])
  vi.unstubAllGlobals()
})
