import { expect, it } from 'vitest'
import { createKnownHeaders } from './known-headers.js'

it('gives back the headers that were added', () => {
  const headers = createKnownHeaders()
  const header = { alg: 'ES256' }
  headers.add('eyJhbGciOiJFUzI1NiJ9', header)
  expect(headers.get('eyJhbGciOiJFUzI1NiJ9')).toBe(header)
  expect(headers.get('e30')).toBeUndefined()
})

it('keeps 64 of them, the newest', () => {
  const headers = createKnownHeaders()
  for (let n = 0; n < 65; n += 1) headers.add(`header-${n}`, { alg: 'ES256', kid: String(n) })
  expect(headers.get('header-0')).toBeUndefined()
  expect(headers.get('header-1')?.kid).toBe('1')
  expect(headers.get('header-64')?.kid).toBe('64')
})
