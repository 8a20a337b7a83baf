import { expect, test } from 'vitest'
import { findJsonFault } from './json-fault.js'

test.each([
  ['{ "port": }', 10, 'a value must stand here'],
  ['{ "port": 1, }', 13, 'a name in double quotes must stand here; JSON has no comma after the last'],
  ['[1, ]', 4, 'a value must stand here; JSON has no comma after the last'],
  ['{ broken', 2, 'a name in double quotes or "}" must stand here'],
  ["{ 'port': 1 }", 2, 'a name in double quotes or "}" must stand here; JSON has double quotes alone'],
  ['{ // where\n "port": 1 }', 2, 'a name in double quotes or "}" must stand here; JSON has no comments'],
  ['{ "port" 1 }', 9, '":" must stand here'],
  ['{ "a": 1 "b": 2 }', 9, '"," or "}" must stand here'],
  ['[1 2]', 3, '"," or "]" must stand here'],
  ['[', 1, 'a value or "]" must stand here, but the file ends'],
  ['{ "a": [1, 2', 12, '"," or "]" must stand here, but the file ends'],
  ['', 0, 'a value must stand here, but the file ends'],
  ['{} {}', 3, 'nothing may follow the end of the value'],
  ['{ "a": "b\nc" }', 7, 'this text does not end on its line, or has an escape that JSON does not know'],
  [String.raw`{ "a": "\x" }`, 7, 'this text does not end on its line, or has an escape that JSON does not know'],
  ['{ "a": 01 }', 7, 'a value must stand here'],
  ['{ "a": truee }', 7, 'a value must stand here'],
  ['{ "a": ] }', 7, 'a value must stand here'],
])('finds where %j stops being JSON', (text, offset, message) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError)
  expect(findJsonFault(text)).toEqual({ offset, message })
})

test.each([
  '{}',
  '[]',
  ' [1, "\u007f\u009f é 😀 \\ud800", -0.5e+3, "a\\u00e9\\"", true, false, null, {"a": {"b": []}}] \n',
  '"x"',
  '0',
  '['.repeat(1_000) + ']'.repeat(1_000),
])('finds nothing in %j', (text) => {
  expect(findJsonFault(text)).toBe(undefined)
})

test('is not slow on a large file, nor deep on a nested one', () => {
  const start = performance.now()
  expect(findJsonFault('['.repeat(1_000_000))?.offset).toBe(1_000_000)
  expect(findJsonFault(`["${'x'.repeat(1_000_000)}"`)?.offset).toBe(1_000_003)
  expect(performance.now() - start).toBeLessThan(3_000)
})
