import { expect, it } from 'vitest'
import { createKnownHeaders } from './known-headers.js'

const es256 = { encodedHeader: 'eyJhbGciOiJFUzI1NiJ9', header: { alg: 'ES256' } }

it('finds the headers that were added, by tokens that begin with them', () => {
  const headers = createKnownHeaders()
  headers.add(es256)
  headers.add({ encodedHeader: 'e30', header: {} })
  for (const known of [es256, { encodedHeader: 'e30', header: {} }, es256, es256]) {
    expect(headers.startOf(`${known.encodedHeader}.e30.AAAA`)).toEqual(known)
  }
})

it.each([
  ['another header', 'e31.e30.AAAA'],
  ['a header that has more', 'e30A.e30.AAAA'],
  ['a header that has less', 'e3.e30.AAAA'],
  ['no part after it', 'e30'],
  ['nothing', ''],
  ['no header', '.e30.AAAA'],
])('does not take %s for one', (_, token) => {
  const headers = createKnownHeaders()
  headers.add({ encodedHeader: 'e30', header: {} })
  expect(headers.startOf(token)).toBeUndefined()
  expect(headers.startOf('e30.e30.AAAA')?.encodedHeader).toBe('e30')
  expect(headers.startOf(token)).toBeUndefined()
})

it('keeps 64 of them, the newest', () => {
  const headers = createKnownHeaders()
  for (let n = 0; n < 65; n += 1) headers.add({ encodedHeader: `header-${n}`, header: { alg: 'ES256', kid: String(n) } })
  expect(headers.startOf('header-0.e30.AAAA')).toBeUndefined()
  expect(headers.startOf('header-1.e30.AAAA')?.header.kid).toBe('1')
  expect(headers.startOf('header-64.e30.AAAA')?.header.kid).toBe('64')
})
