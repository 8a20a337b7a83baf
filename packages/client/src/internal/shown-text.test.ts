import { expect, test } from 'vitest'
import { showText } from './shown-text.js'

test.each([
  ['https://login.example.com', 'https://login.example.com'],
  ['a\r\nforged: entry\u001b[31m\u202e', 'a??forged: entry?[31m?'],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(100_000), `${'x'.repeat(200)}…`],
])('shows %j as what a log can have', (text, shown) => {
  expect(showText(text)).toBe(shown)
})
