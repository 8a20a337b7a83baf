import type { AttackControl, AttackOutcome, AttackReport, AttackResult } from '../../attack-report.js'
import { foldedLines } from './folded-lines.js'
import { formatAnswer } from './format-answer.js'
import { createPaint } from './paint.js'
import type { Paint } from './paint.js'
import type { RowLayout } from './table-rows.js'
import { findingLines, shortLine, toRows } from './table-rows.js'
import { fitText, wrapText } from './text-layout.js'
import { outcomeHeadings, summarise } from './verdict.js'

/** What a table is written for. */
export interface TableOptions {
  /** How many characters a line has; less than 80 is as 80, more than 140 as 140. */
  readonly width: number
  readonly isColoured: boolean
  /** A row for each forgery, whatever came of it; without it, what let nobody in is summed up. */
  readonly all: boolean
}

/** An attack as a table to read: what was let in comes first, the worst before the rest, and is explained. */
export function formatTable(report: AttackReport, { width: columns, isColoured, all }: TableOptions): string {
  const paint = createPaint(isColoured)
  const width = Math.min(Math.max(columns, 80), 140)
  const { method, url, issuer, algorithm, profile, results, durationMs } = report
  const lines = [
    paint.bold(`Attack on ${method} ${url}`),
    paint.dim(`by ${issuer}, ${algorithm}, profile ${profile}; ${results.length} forgeries in ${(durationMs / 1000).toFixed(1)} s`),
    '',
    ...report.controls.map((control) => controlLine(control, paint)),
  ]
  for (const [outcome, heading] of outcomeHeadings) {
    const ofOutcome = results.filter((result) => result.outcome === outcome)
    if (ofOutcome.length === 0) continue
    const count = `${heading}: ${ofOutcome.length}`
    lines.push('', paint.bold(outcome === 'let_in' || outcome === 'lured' || outcome === 'fault' ? paint.red(count) : count))
    lines.push(...(all ? allLines : shownLines)[outcome](ofOutcome, { width, paint }))
  }
  if (report.skipped.length > 0) lines.push('', ...wrapText(`Not sent: ${skippedText(report)}`, width).map(paint.dim))
  if (!all) lines.push('', paint.dim('--all shows every forgery, with the RFC and what is wrong with it.'))
  lines.push('', ...wrapText(summarise(report), width).map(paint.bold), '')
  return lines.join('\n')
}

type Lines = (results: readonly AttackResult[], layout: RowLayout) => readonly string[]

const explained: Lines = (results, layout) => toRows(results).flatMap((row) => findingLines(row, true, layout))
const short: Lines = (results, layout) => toRows(results).map((row) => shortLine(row, layout))
/** What is lenient is named, and what else there is explained. */
const explainedIfWorse: Lines = (results, layout) =>
  toRows(results).flatMap((row) => findingLines(row, row.first.severity !== 'lenient', layout))

const allLines: Readonly<Record<AttackOutcome, Lines>> = {
  let_in: explained,
  lured: explained,
  fault: explained,
  refused_otherwise: short,
  as_expected: short,
}
const shownLines: Readonly<Record<AttackOutcome, Lines>> = {
  let_in: explainedIfWorse,
  lured: explained,
  fault: foldedLines,
  refused_otherwise: foldedLines,
  as_expected: () => [],
}

const controls: Readonly<Record<AttackControl['name'], string>> = {
  'good token': 'a good token is let in',
  'no token': 'without a token it is refused',
  'good token of another algorithm': 'a good token of another algorithm is let in',
  'good token afterwards': 'a good token is still let in afterwards',
}

function controlLine({ name, passed, answer, durationMs }: AttackControl, paint: Paint): string {
  const isOptional = name === 'good token of another algorithm'
  const mark = passed ? paint.green('✓') : isOptional ? paint.dim('-') : paint.red('✗')
  return `  ${mark} ${fitText(controls[name], 44)} ${fitText(formatAnswer(answer), 22)} ${`${Math.round(durationMs)} ms`.padStart(8)}`
}

function skippedText({ skipped }: AttackReport): string {
  const reasons = new Map<string, number>()
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return [...reasons].map(([reason, number]) => `${number} (${reason})`).join(', ')
}
