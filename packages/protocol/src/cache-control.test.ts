import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCacheControl } from './cache-control.js'

function parse(cacheControl: string | undefined, age?: string) {
  const headers = new Headers()
  if (cacheControl !== undefined) headers.set('cache-control', cacheControl)
  if (age !== undefined) headers.set('age', age)
  return parseCacheControl(headers)
}

const nothing = { noStore: false, noCache: false }

describe('parseCacheControl', () => {
  it('finds nothing in a response without the header, or with an empty one', () => {
    expect(parse(undefined)).toEqual(nothing)
    expect(parse('')).toEqual(nothing)
    expect(parse(' , ,')).toEqual(nothing)
  })

  it('reads directives in any case, among others', () => {
    expect(parse('public, MAX-AGE=600, immutable, No-Store,no-cache')).toEqual({ maxAgeSeconds: 600, noStore: true, noCache: true })
  })

  it('reads a quoted number', () => {
    expect(parse('max-age="600"')).toEqual({ ...nothing, maxAgeSeconds: 600 })
  })

  it('takes the smallest of several max-age', () => {
    expect(parse('max-age=600, max-age=60, max-age=6000').maxAgeSeconds).toBe(60)
  })

  it.each([
    'max-age',
    'max-age=',
    'max-age=-1',
    'max-age=1.5',
    'max-age=1e9',
    'max-age=ten',
    'max-age=0x10',
    'max-age="60',
    'max-age=60 s',
  ])('takes the invalid %j for no time at all', (value) => {
    expect(parse(value).maxAgeSeconds).toBe(0)
  })

  it('cuts absurd numbers at 2^31', () => {
    expect(parse(`max-age=${'9'.repeat(400)}`).maxAgeSeconds).toBe(2_147_483_648)
  })

  it('does not take s-maxage, or a directive that ends in the same letters, for max-age', () => {
    expect(parse('s-maxage=600, x-max-age=5, max-age-x=5')).toEqual(nothing)
  })

  it('is not misled by directives inside a quoted string', () => {
    expect(parse('ext="a, no-store, max-age=1", max-age=600')).toEqual({ ...nothing, maxAgeSeconds: 600 })
  })

  it('still sees no-store after a quoted string that does not end', () => {
    expect(parse('ext="a, no-store').noStore).toBe(true)
  })

  it('takes a no-cache that names fields for a plain one', () => {
    expect(parse('no-cache="set-cookie", max-age=600')).toEqual({ noStore: false, noCache: true, maxAgeSeconds: 600 })
  })

  it('skips what is no directive', () => {
    expect(parse('=5, @@@, max-age=600')).toEqual({ ...nothing, maxAgeSeconds: 600 })
  })

  it('subtracts the time that the response has spent in caches, down to 0', () => {
    expect(parse('max-age=600', '100').maxAgeSeconds).toBe(500)
    expect(parse('max-age=600', '700').maxAgeSeconds).toBe(0)
    expect(parse('max-age=600', '9'.repeat(400)).maxAgeSeconds).toBe(0)
  })

  it('uses the first of several ages, and ignores one that is not a number', () => {
    expect(parse('max-age=600', '100, 5').maxAgeSeconds).toBe(500)
    expect(parse('max-age=600', 'old').maxAgeSeconds).toBe(600)
    expect(parse('max-age=600', '-5').maxAgeSeconds).toBe(600)
  })

  it('makes no lifetime of an age alone', () => {
    expect(parse(undefined, '100')).toEqual(nothing)
  })

  it('gives a lifetime within its bounds for any header that has a max-age, whatever its value and the age', () => {
    const text = fc.string({ unit: fc.constantFrom('max-age', 'no-store', '=', '"', ',', '\\', ' ', '-', '.', '0', '9') })
    fc.assert(
      fc.property(text, fc.constantFrom('', '9', '-9', '9.5', '"9"'), text, (value, age, rest) => {
        const { maxAgeSeconds } = parse(`max-age=${value}, ${rest}`, age)
        expect([Number.isInteger(maxAgeSeconds), Math.min(2 ** 31, Math.max(0, Number(maxAgeSeconds)))]).toEqual([true, maxAgeSeconds])
      }),
      { numRuns: 1000 },
    )
  })
})
