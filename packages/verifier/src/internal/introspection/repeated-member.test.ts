import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { hasRepeatedMember } from './repeated-member.js'

it.each([
  '{"active":false,"active":true}',
  '{"active":true,"active":true}',
  '{"active":true,"\\u0061ctive":false}',
  '{ "aud" : [ {"a":1} ] , "sub":"{", "aud" : "x" }',
  '{"a\\"":1,"a\\u0022":2}',
  '{"":1,"":2}',
  '{"__proto__":1,"__proto__":2}',
  '{"a\\\\":1,"b":":","a\\\\":2}',
])('is found in %s', (text) => {
  expect(JSON.parse(text)).toBeTypeOf('object')
  expect(hasRepeatedMember(text)).toBe(true)
})

it.each([
  '{}',
  '{"a":"a","b":"a"}',
  '{"a":{"a":1},"b":{"a":1}}',
  '{"a":[{"b":1},{"b":1}],"b":1}',
  '{"a":"\\",\\"a\\":1"}',
  '{"a":":","A":":"}',
  '{"a\\\\":1,"a":2}',
  '{"a":"\\\\","b":"\\"a\\":"}',
])('is not found in %s', (text) => {
  expect(JSON.parse(text)).toBeTypeOf('object')
  expect(hasRepeatedMember(text)).toBe(false)
})

it('is looked for in texts of any length', () => {
  const long = JSON.stringify('\\"'.repeat(500_000))
  expect(hasRepeatedMember(`{"a":${long},"b":${long}}`)).toBe(false)
  expect(hasRepeatedMember(`{${long}:0,${long}:0}`)).toBe(true)
})

it('is not found in any object that was made from one, and is in any to which one of its members is added', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, at) => {
      const text = JSON.stringify(object)
      expect(hasRepeatedMember(text)).toBe(false)
      const names = Object.keys(object)
      const again = JSON.stringify(names[at % names.length])
      expect(hasRepeatedMember(`${text.slice(0, -1)},${again}:0}`)).toBe(true)
      expect(hasRepeatedMember(`{${again}:0,${text.slice(1)}`)).toBe(true)
    }),
    { numRuns: 300 },
  )
})
