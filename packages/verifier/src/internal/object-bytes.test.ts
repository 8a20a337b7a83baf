import { expect, it } from 'vitest'
import { objectBytes } from './object-bytes.js'

it.each([
  ['{}', 64],
  ['[]', 64],
  ['{"sub":"john","exp":1,"nbf":null}', 64 + 3 * 32],
  ['{"roles":["clerk","manager"]}', 64 + 32 + 64 + 2 * 32],
  ['[{},{},[[]]]', 64 + 3 * (32 + 64) + 32 + 64],
  ['{"__proto__":{"a":{}}}', 64 + 32 + 64 + 32 + 64],
])('%s takes %d bytes beside its text', (json, bytes) => {
  expect(objectBytes(JSON.parse(json) as object)).toBe(bytes)
})
