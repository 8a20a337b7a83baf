import { expect, test } from 'vitest'
import { printable, visible } from './invisible-characters.js'

test.each([
  ['orders_read é 😀', 'orders_read é 😀', 'orders_read é 😀'],
  ['\u001b[31m', '?[31m', '\\u{1b}[31m'],
  ['\u009b', '?', '\\u{9b}'],
  ['a\u202Eb\u200b', 'a?b?', 'a\\u{202e}b\\u{200b}'],
  ['a\nb', 'a?b', 'a\\u{a}b'],
])('%j is %j in a terminal, and %j on a page', (text, inTerminal, onPage) => {
  expect(printable(text)).toBe(inTerminal)
  expect(visible(text)).toBe(onPage)
})
