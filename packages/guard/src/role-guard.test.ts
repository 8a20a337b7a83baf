import { describe, expect, test } from 'vitest'
import { principalWith, requestWith } from '../test/principal.js'
import { permission, role } from './role-guard.js'

describe('role', () => {
  test('allows the role, and denies with forbidden', () => {
    expect(role('clerk').evaluate(principalWith({ roles: ['clerk'] }), requestWith())).toEqual({ kind: 'allowed' })
    expect(role('clerk').evaluate(principalWith({ roles: ['clerks'], permissions: ['clerk'] }), requestWith())).toEqual({
      kind: 'denied',
      code: 'forbidden',
      reason: 'the principal lacks the role clerk',
    })
  })

  test.each(['__proto__', 'constructor', 'length'])('does not take %s for granted', (name) => {
    expect(role(name).evaluate(principalWith(), requestWith())).toMatchObject({ kind: 'denied' })
    expect(permission(name).evaluate(principalWith(), requestWith())).toMatchObject({ kind: 'denied' })
  })

  test('describes itself, and needs a name', () => {
    expect(role('clerk').description).toEqual({ guard: 'role', name: 'clerk' })
    expect(() => role('')).toThrow('role() needs the name of a role')
  })
})

describe('permission', () => {
  test('allows the permission, and denies with forbidden', () => {
    const guard = permission('order:read')
    expect(guard.evaluate(principalWith({ permissions: ['order:read'] }), requestWith())).toEqual({ kind: 'allowed' })
    expect(guard.evaluate(principalWith({ roles: ['order:read'] }), requestWith())).toEqual({
      kind: 'denied',
      code: 'forbidden',
      reason: 'the principal lacks the permission order:read',
    })
  })
})
