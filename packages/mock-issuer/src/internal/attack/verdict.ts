import type { AttackOutcome, AttackReport, AttackResult } from '../../attack-report.js'
import type { ForgerySeverity } from '../../forgery.js'

const rank: Readonly<Record<ForgerySeverity, number>> = { lenient: 0, serious: 1, critical: 2 }

/**
 * The exit code of an attack: 0 when nothing was let in, 1 when something was (or the route is open to everybody), 2 when the API was no
 * longer there at the end, so that nothing can be said.
 *
 * @param failOn what is less severe than this may be let in
 */
export function exitCode(report: AttackReport, failOn: ForgerySeverity): 0 | 1 | 2 {
  if (isOpen(report) || report.results.some((result) => isFailure(result, failOn))) return 1
  return report.controls.some(({ name, passed }) => name === 'good token afterwards' && !passed) ? 2 : 0
}

/** Whether the API let this in, or went where it pointed, and that counts. */
export function isFailure({ outcome, severity }: AttackResult, failOn: ForgerySeverity): boolean {
  return (outcome === 'let_in' || outcome === 'lured') && rank[severity] >= rank[failOn]
}

/** Whether the API lets requests without any token in. */
export function isOpen({ controls }: AttackReport): boolean {
  return controls.some(({ name, answer }) => name === 'no token' && 'status' in answer && answer.status >= 200 && answer.status < 300)
}

/** What came of an attack, in one or two sentences. */
export function summarise(report: AttackReport): string {
  const { counts, results } = report
  if (isOpen(report)) return 'The route is open: it lets requests without a token in, so it says nothing about tokens.'
  const letIn = results.filter(({ outcome }) => outcome === 'let_in')
  const bySeverity = (['critical', 'serious', 'lenient'] as const)
    .map((severity) => [letIn.filter((result) => result.severity === severity).length, severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}`)
  const others = (
    [
      ['lured', 'lured the API'],
      ['fault', 'ended in a fault'],
      ['refused_otherwise', 'refused with another answer'],
    ] as const
  )
    .filter(([outcome]) => counts[outcome] > 0)
    .map(([outcome, words]) => `, ${counts[outcome]} ${words}`)
  const first =
    letIn.length === 0
      ? `None of ${results.length} forgeries was let in`
      : `${letIn.length} of ${results.length} forgeries ${letIn.length === 1 ? 'was' : 'were'} let in (${bySeverity.join(', ')})`
  const gone = report.controls.some(({ name, passed }) => name === 'good token afterwards' && !passed)
  return `${first}${others.join('')}.${gone ? ' Afterwards the API no longer let a good token in.' : ''}`
}

/** The outcomes, worst first, with a heading for each. */
export const outcomeHeadings: readonly (readonly [outcome: AttackOutcome, heading: string])[] = [
  ['let_in', 'Let in'],
  ['lured', 'Refused, but asked where the token pointed'],
  ['fault', 'Faults'],
  ['refused_otherwise', 'Refused, with another answer than the RFC has'],
  ['as_expected', 'As it should be'],
]
