import { expect, test } from 'vitest'
import { describeJsonFault } from './describe-json-fault.js'
import { findJsonFault } from './json-fault.js'

function described(text: string): string {
  const fault = findJsonFault(text)
  if (fault === undefined) throw new Error('this is JSON')
  return describeJsonFault(text, fault)
}

test('names the line and the character, and points there', () => {
  expect(described('{\n  "port": 9000,\r\n\t"host": localhost,\r\n  "lax": []\n}')).toBe(
    ['line 3, character 10: a value must stand here.', '    3 |  "host": localhost,', '                 ^'].join('\n'),
  )
})

test('points behind the end of a file that ends too early', () => {
  expect(described('{ "port": 1')).toBe(
    ['line 1, character 12: "," or "}" must stand here, but the file ends.', '    1 | { "port": 1', '                   ^'].join('\n'),
  )
})

test('shows of a long line what is around the place, and nothing that would move the cursor', () => {
  const [, line = '', pointer = ''] = described(`{ "a": "${'x'.repeat(5_000)}", "b": \u001b[31m${'y'.repeat(5_000)}`).split('\n')

  expect(line).toBe(`    1 | …${'x'.repeat(52)}", "b": ?[31m${'y'.repeat(15)}…`)
  expect(line.charAt(pointer.indexOf('^'))).toBe('?')
})

test('shows no secret of the line, and points to the same place', () => {
  expect(described('{ "clientId": "job", "clientSecret": "not-a-secret" "scopes": [] }')).toBe(
    [
      'line 1, character 53: "," or "}" must stand here.',
      '    1 | { "clientId": "job", "clientSecret": ***',
      '                                             ^',
    ].join('\n'),
  )
  expect(described('{ "clients": [{ "clientSecret": "not-a-secret", scopes: [] }] }')).toBe(
    [
      'line 1, character 49: a name in double quotes must stand here.',
      '    1 | { "clients": [{ "clientSecret": ***, scopes: [] }] }',
      '                                             ^',
    ].join('\n'),
  )
  expect(described(`{ "clientSecret": "${'x'.repeat(500)}" }}`)).not.toContain('xx')
  expect(described('{ "clientSecret": "not-a-\\secret" }')).not.toContain('not-a')
})
