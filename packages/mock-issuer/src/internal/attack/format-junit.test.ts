import { expect, test } from 'vitest'
import { sampleReport } from '../../../test/sample-attack-report.js'
import { formatJunit } from './format-junit.js'

test('has a test case for each forgery: a failure for what was let in, an error for a fault', () => {
  const xml = formatJunit(sampleReport, 'lenient')
  expect(xml).toContain(
    '<testsuites name="Attack on GET http://127.0.0.1:3000/orders" tests="10" failures="4" errors="1" skipped="1" time="1.234">',
  )
  expect(xml).toContain(
    '<testcase classname="algNone" name="none: Unsigned: alg none: none" time="0.007">' +
      '<failure type="let_in" message="critical: let_in with 200, expected invalid_token by RFC 9068 §4">' +
      'The token says that it has no signature, and has none. An API that takes it believes whatever anybody writes. ' +
      'https://www.rfc-editor.org/rfc/rfc9068#section-4</failure></testcase>',
  )
  expect(xml).toContain('<error type="fault" message="critical: fault with no answer in time, expected invalid_token by RFC 7516 §9">')
  expect(xml).toContain('<skipped message="the good token has no scope that could be missing"/>')
})

test('counts what is less severe than asked for as passed, and still says it', () => {
  const xml = formatJunit(sampleReport, 'serious')
  expect(xml).toContain('failures="3"')
  expect(xml).toContain('<system-out>lenient: let_in with 204, expected invalid_token by RFC 9068 §4</system-out>')
})

test('has an error for an API that is open to everybody', () => {
  const open = { name: 'no token', passed: false, answer: { status: 200 }, durationMs: 1 } as const
  expect(formatJunit({ ...sampleReport, controls: [open] }, 'lenient')).toContain('<error type="controls" message="no token: 200"/>')
})

test('escapes what XML would take for its own', () => {
  const xml = formatJunit({ ...sampleReport, url: 'http://127.0.0.1/?a=1&b="<\u0007>' }, 'lenient')
  expect(xml).toContain('name="Attack on GET http://127.0.0.1/?a=1&amp;b=&quot;&lt;?&gt;"')
})
