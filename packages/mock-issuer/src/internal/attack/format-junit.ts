import type { AttackReport, AttackResult } from '../../attack-report.js'
import type { ForgerySeverity } from '../../forgery.js'
import { formatAnswer } from './format-answer.js'
import { isFailure, isOpen } from './verdict.js'

/**
 * An attack in the XML that most build servers read, one test case for each forgery: what was let in is a failure, what ended in a fault
 * is an error, and so is an API that is open or gone afterwards.
 */
export function formatJunit(report: AttackReport, failOn: ForgerySeverity): string {
  const cases = [controlCase(report), ...report.results.map((result) => testCase(result, failOn)), ...report.skipped.map(skippedCase)]
  const failures = report.results.filter((result) => isFailure(result, failOn)).length
  const errors = report.counts.fault + (isSound(report) ? 0 : 1)
  const attributes = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${report.skipped.length}" time="${seconds(report.durationMs)}"`
  const name = escapeXml(`Attack on ${report.method} ${report.url}`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" ${attributes}>`,
    `  <testsuite name="${name}" ${attributes}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function isSound(report: AttackReport): boolean {
  return !isOpen(report) && report.controls.every(({ name, passed }) => passed || name !== 'good token afterwards')
}

function controlCase(report: AttackReport): string {
  const text = report.controls.map(({ name, answer }) => `${name}: ${formatAnswer(answer)}`).join('; ')
  const inside = isSound(report) ? '' : `<error type="controls" message="${escapeXml(text)}"/>`
  return `    <testcase classname="controls" name="good tokens are let in, and nobody without one">${inside}</testcase>`
}

function testCase(result: AttackResult, failOn: ForgerySeverity): string {
  const { forgery, variant, title, durationMs } = result
  const head = `    <testcase classname="${escapeXml(forgery)}" name="${escapeXml(`${variant}: ${title}`)}" time="${seconds(durationMs)}">`
  return `${head}${finding(result, failOn)}</testcase>`
}

function finding(result: AttackResult, failOn: ForgerySeverity): string {
  const { outcome, severity, answer, expected, rfc, description } = result
  if (outcome === 'as_expected') return ''
  const message = escapeXml(
    `${severity}: ${outcome} with ${formatAnswer(answer)}, expected ${expected} by RFC ${rfc.number} §${rfc.section}`,
  )
  const text = escapeXml(`${description} ${rfc.url}`)
  if (isFailure(result, failOn)) return `<failure type="${outcome}" message="${message}">${text}</failure>`
  if (outcome === 'fault') return `<error type="fault" message="${message}">${text}</error>`
  return `<system-out>${message}</system-out>`
}

function skippedCase({ forgery, variant, reason }: AttackReport['skipped'][number]): string {
  return `    <testcase classname="${escapeXml(forgery)}" name="${escapeXml(variant)}"><skipped message="${escapeXml(reason)}"/></testcase>`
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3)
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

/** A text in XML 1.0, which has no way to write most control characters. */
function escapeXml(text: string): string {
  return Array.from(text, (character) => entities.get(character) ?? (character < ' ' || character > '\ufffd' ? '?' : character)).join('')
}
