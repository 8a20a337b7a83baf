import { expect, it } from 'vitest'
import { parseClaims } from './parse-claims.js'

const encode = (text: string) => Buffer.from(text).toString('base64url')
const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`

it('reads claims that are nested 32 deep, and no deeper', () => {
  expect(JSON.stringify(parseClaims(encode(nested(32))))).toBe(nested(32))
  expect(() => parseClaims(encode(nested(33)))).toThrow(expect.objectContaining({ code: 'claims_malformed' }))
})
