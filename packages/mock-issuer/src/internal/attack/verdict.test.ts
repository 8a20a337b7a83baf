import { expect, test } from 'vitest'
import { sampleReport } from '../../../test/sample-attack-report.js'
import { exitCode, summarise } from './verdict.js'

const nothingLetIn = { ...sampleReport, results: sampleReport.results.filter(({ outcome }) => outcome === 'as_expected') }

test('ends with 1 when something was let in that counts, and with 0 when nothing was', () => {
  expect(exitCode(sampleReport, 'lenient')).toBe(1)
  expect(exitCode(nothingLetIn, 'lenient')).toBe(0)
  const lenient = { ...sampleReport, results: sampleReport.results.filter(({ forgery }) => forgery === 'expiredBy') }
  expect(exitCode(lenient, 'lenient')).toBe(1)
  expect(exitCode(lenient, 'serious')).toBe(0)
})

test('counts an API that asks an address of the attacker as one that lets in', () => {
  const lured = { ...sampleReport, results: sampleReport.results.filter(({ outcome }) => outcome === 'lured') }
  expect(exitCode(lured, 'critical')).toBe(1)
})

test('ends with 1 for an open route, and with 2 when the API did not survive, although nothing was let in', () => {
  const open = { name: 'no token', passed: false, answer: { status: 204 }, durationMs: 1 } as const
  expect(exitCode({ ...nothingLetIn, controls: [open] }, 'lenient')).toBe(1)
  const gone = { name: 'good token afterwards', passed: false, answer: { failure: 'network', detail: '' }, durationMs: 1 } as const
  expect(exitCode({ ...nothingLetIn, controls: [gone] }, 'lenient')).toBe(2)
})

test('says it in a sentence', () => {
  expect(summarise(sampleReport)).toBe(
    '3 of 8 forgeries were let in (2 critical, 1 lenient), 1 lured the API, 1 ended in a fault, 1 refused with another answer.',
  )
  expect(summarise({ ...nothingLetIn, counts: { ...sampleReport.counts, lured: 0, fault: 0, refused_otherwise: 0 } })).toBe(
    'None of 2 forgeries was let in.',
  )
})
