import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createPrincipalSlot } from './principal-slot.js'

describe('a slot', () => {
  test('holds what was put there, for each object by itself', () => {
    const slot = createPrincipalSlot<string | undefined>()
    const [one, other] = [new Request('https://api.example.com'), {}]
    expect([slot.has(one), slot.get(one)]).toEqual([false, undefined])
    slot.set(one, 'john')
    slot.set(other, undefined)
    expect([slot.get(one), slot.has(other), slot.get(other)]).toEqual(['john', true, undefined])
    slot.set(one, 'jane')
    expect(slot.get(one)).toBe('jane')
  })

  test('is not that of another slot', () => {
    const [mine, yours] = [createPrincipalSlot<string>(), createPrincipalSlot<string>()]
    const request = {}
    mine.set(request, 'john')
    expect([yours.has(request), yours.get(request)]).toEqual([false, undefined])
  })

  test('shows nowhere: not as a member, in logs, as JSON, or in a copy', () => {
    const slot = createPrincipalSlot<string>()
    const request = { method: 'GET' }
    slot.set(request, 'john')
    expect(Reflect.ownKeys(request)).toEqual(['method'])
    expect(inspect(request, { showHidden: true }) + JSON.stringify(request)).not.toContain('john')
    expect([{ ...request }, Object.create(request) as object, structuredClone(request)].map((copy) => slot.has(copy))).toEqual([
      false,
      false,
      false,
    ])
  })

  test('leaves the object what it was', () => {
    const slot = createPrincipalSlot<string>()
    const request = new Request('https://api.example.com/orders')
    slot.set(request, 'john')
    expect([request instanceof Request, Object.getPrototypeOf(request) === Request.prototype, request.url]).toEqual([
      true,
      true,
      'https://api.example.com/orders',
    ])
  })
})
