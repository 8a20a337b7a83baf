import { describe, expect, it } from 'vitest'
import { quote } from './quote.js'

describe('quote', () => {
  it.each([
    ['a string', 'RS256', '"RS256"'],
    ['a quote', 'a"b', '"a\\"b"'],
    ['a line break', 'a\nb', '"a\\nb"'],
    ['a number', 42, '42'],
    ['a list', ['a', 1], '["a",1]'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['an escape sequence of a terminal', '\u001b[31m', '"\\u001b[31m"'],
    ['its eight-bit form', '\u009b31m', '"\\u009b31m"'],
    ['a reversal of the direction', '\u202egnp.exe', '"\\u202egnp.exe"'],
    ['a separator of lines', 'a\u2028b', '"a\\u2028b"'],
    ['half a surrogate pair', '\ud83d', '"\\ud83d"'],
  ])('shows %s in printable ASCII', (_, value, expected) => {
    expect(quote(value)).toBe(expected)
  })

  it('cuts what is long, also in the middle of a character', () => {
    expect(quote('x'.repeat(79))).toBe(`"${'x'.repeat(79)}…`)
    expect(quote('x'.repeat(78))).toBe(`"${'x'.repeat(78)}"`)
    expect(quote(`${'x'.repeat(78)}😀`)).toBe(`"${'x'.repeat(78)}\\ud83d…`)
  })
})
