import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BailiwickError } from './error.js'
import { isJsonObject, JsonError, parseJson } from './json.js'

function codeOf(text: string, maxDepth?: number): string {
  try {
    parseJson(text, { maxDepth })
  } catch (error) {
    if (error instanceof JsonError) return error.code
    throw error
  }
  return 'parsed'
}

describe('parseJson', () => {
  it.each(['', ' ', '{', '{"a":1,}', "{'a':1}", 'undefined', 'NaN', '{"a":1} {"b":2}', '\uFEFF{}', '"\n"', '01', '{"a":1}]'])(
    'refuses %j as malformed',
    (text) => {
      expect(codeOf(text)).toBe('json_malformed')
    },
  )

  it.each([
    ['arrays', '['],
    ['objects', '{"a":'],
    ['a mix of both', '[{"a":'],
  ])('refuses 10 MB of unclosed %s without exhausting the stack', (_, opening) => {
    expect(codeOf(opening.repeat(10_000_000 / opening.length))).toBe('json_too_deep')
  })

  it('refuses 10 MB of well-formed nesting', () => {
    expect(codeOf('['.repeat(5_000_000) + ']'.repeat(5_000_000))).toBe('json_too_deep')
  })

  it('counts what is open at once, not what was opened in all', () => {
    expect(codeOf(`[${'[],'.repeat(1000)}[]]`, 2)).toBe('parsed')
    expect(codeOf('[[[]]]', 2)).toBe('json_too_deep')
    expect(codeOf('[[{}]]', 3)).toBe('parsed')
  })

  it('allows 32 levels by default, and no more', () => {
    expect(codeOf('['.repeat(32) + ']'.repeat(32))).toBe('parsed')
    expect(codeOf('['.repeat(33) + ']'.repeat(33))).toBe('json_too_deep')
  })

  it('does not count brackets in strings, whatever is escaped there', () => {
    const text = JSON.stringify({ '[[[[': '\\"[[[[{{{{\\' })
    expect(codeOf(text, 1)).toBe('parsed')
  })

  it('finds nesting that hides behind a string that ends in a backslash', () => {
    expect(codeOf(String.raw`["\\",[[[]]]]`, 3)).toBe('json_too_deep')
  })

  it('refuses everything that nests when the limit is not a number', () => {
    expect(codeOf('{}', Number.NaN)).toBe('json_too_deep')
    expect(codeOf('1', Number.NaN)).toBe('parsed')
  })

  it('takes the last of members with the same name', () => {
    expect(parseJson('{"sub":"john","sub":"mallory"}')).toEqual({ sub: 'mallory' })
  })

  it('makes __proto__ an own member and leaves prototypes alone', () => {
    const parsed = parseJson('{"__proto__":{"admin":true}}') as Record<string, unknown>
    expect(Object.keys(parsed)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype)
    expect('admin' in parsed).toBe(false)
    expect('admin' in {}).toBe(false)
  })

  it('shows no part of the text in its errors', () => {
    try {
      parseJson('{"access_token":"s3cret"')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(BailiwickError)
      expect(error).toMatchObject({ name: 'JsonError', code: 'json_malformed' })
      expect((error as Error).cause).toBe(undefined)
      expect(String((error as Error).stack)).not.toContain('s3cret')
    }
  })

  it('reads whatever the engine writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('agrees with a recursive count of the depth', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 8 }), (value, maxDepth) => {
        expect(codeOf(JSON.stringify(value), maxDepth)).toBe(depthOf(value) > maxDepth ? 'json_too_deep' : 'parsed')
      }),
    )
  })
})

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

describe('isJsonObject', () => {
  it.each([
    [{}, true] as const,
    [{ a: 1 }, true] as const,
    [[], false] as const,
    [null, false] as const,
    ['{}', false] as const,
    [1, false] as const,
  ])('takes %j for an object: %j', (value, expected) => {
    expect(isJsonObject(value)).toBe(expected)
  })
})
