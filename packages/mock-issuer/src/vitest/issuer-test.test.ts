import { describe, expect, expectTypeOf } from 'vitest'
import type { MockIssuer } from '../mock-issuer.js'
import { test } from './issuer-test.js'

const seen: MockIssuer[] = []

test('has an issuer of its own', ({ issuer }) => {
  expectTypeOf(issuer).toEqualTypeOf<MockIssuer>()
  seen.push(issuer)
  issuer.faults.add({ endpoint: 'jwks', kind: 'hang' })
})

test('has another issuer than the test before it, which was disposed of', ({ issuer }) => {
  expect(seen[0] === issuer).toBe(false)
  expect(seen[0]?.faults.active).toEqual([])
})

const configured = test.extend({ issuerOptions: { issuer: 'https://login.example.com' } })

configured('takes options for a file', ({ issuer }) => {
  expect(issuer.issuer).toBe('https://login.example.com')
})

describe('a group of tests', () => {
  test.override({ issuerOptions: { audience: 'orders-api' } })

  test('takes options of its own', ({ issuer }) => {
    expect(issuer.verifierOptions().audience).toBe('orders-api')
  })
})
