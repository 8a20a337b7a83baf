import type { AttackAnswer, AttackControl, AttackReport, AttackResult } from '../../attack-report.js'
import type { ForgerySeverity } from '../../forgery.js'
import { createPaint } from './paint.js'
import type { Paint } from './paint.js'
import { fitText, wrapText } from './text-layout.js'
import { outcomeHeadings, summarise } from './verdict.js'

/** What a table is written for. */
export interface TableOptions {
  /** How many characters a line has. Below 72 it is as for 72. */
  readonly width: number
  readonly isColoured: boolean
}

/** An attack as a table to read, one row for each forgery and what came back; what is not as it should be comes first, and is explained. */
export function formatTable(report: AttackReport, options: TableOptions): string {
  const paint = createPaint(options.isColoured)
  const width = Math.min(Math.max(options.width, 72), 160)
  const { method, url, issuer, algorithm, profile, results, durationMs } = report
  const lines = [
    paint.bold(`Attack on ${method} ${url}`),
    paint.dim(`by ${issuer}, ${algorithm}, profile ${profile}; ${results.length} forgeries in ${(durationMs / 1000).toFixed(1)} s`),
    '',
    ...report.controls.map((control) => controlLine(control, paint)),
  ]
  for (const [outcome, heading] of outcomeHeadings) {
    const rows = toRows(results.filter((result) => result.outcome === outcome))
    if (rows.length === 0) continue
    const count = `${heading}: ${report.counts[outcome]}`
    lines.push('', outcome === 'as_expected' ? paint.bold(count) : paint.bold(paint.red(count)))
    for (const row of rows) lines.push(...rowLines(row, { width, paint, isExplained: outcome !== 'as_expected' }))
  }
  if (report.skipped.length > 0) lines.push('', paint.dim(`Not sent: ${skippedText(report)}`))
  lines.push('', paint.bold(summarise(report)), '')
  return lines.join('\n')
}

/** What an API answered, in a few characters. */
export function formatAnswer(answer: AttackAnswer): string {
  if ('failure' in answer) return answer.failure === 'timeout' ? 'no answer in time' : 'connection broken'
  return answer.error === undefined ? String(answer.status) : `${answer.status} ${answer.error}`
}

interface Row {
  readonly first: AttackResult
  readonly variants: readonly AttackResult[]
}

/** Variants of one forgery that came to the same are one row. */
function toRows(results: readonly AttackResult[]): readonly Row[] {
  const rows = new Map<string, { first: AttackResult; variants: AttackResult[] }>()
  for (const result of results) {
    const key = [result.forgery, result.severity, formatAnswer(result.answer)].join()
    const row = rows.get(key) ?? { first: result, variants: [] }
    row.variants.push(result)
    rows.set(key, row)
  }
  return [...rows.values()]
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
  return `  ${mark} ${fitText(controls[name], 46)} ${fitText(formatAnswer(answer), 24)} ${milliseconds(durationMs)}`
}

function rowLines(
  { first, variants }: Row,
  { width, paint, isExplained }: { width: number; paint: Paint; isExplained: boolean },
): string[] {
  const answerWidth = 22
  const rfcWidth = 16
  const nameWidth = 26
  const rest = width - nameWidth - answerWidth - rfcWidth - 16
  const hasOne = variants.length === 1 && first.variant === 'only'
  const ways = hasOne ? first.title : variants.map(({ variant }) => variant).join(', ')
  const slowest = Math.max(...variants.map(({ durationMs }) => durationMs))
  const cells = [
    isExplained ? colourOf(first, paint)('✗') : paint.green('✓'),
    fitText(first.forgery, nameWidth),
    paint.dim(fitText(ways, rest)),
    fitText(formatAnswer(first.answer), answerWidth),
    paint.dim(milliseconds(slowest)),
    paint.dim(`RFC ${first.rfc.number} §${first.rfc.section}`),
  ]
  const line = `  ${cells.join(' ')}`
  if (!isExplained) return [line]
  const text = `${first.severity}, expected ${first.expected}. ${first.description}`
  return [line, ...wrapText(text, width - 4).map((part) => `    ${paint.dim(part)}`)]
}

function colourOf({ severity, outcome }: AttackResult, paint: Paint): (text: string) => string {
  const colours: Record<ForgerySeverity, (text: string) => string> = { critical: paint.red, serious: paint.red, lenient: paint.yellow }
  return outcome === 'refused_otherwise' ? paint.yellow : colours[severity]
}

function skippedText({ skipped }: AttackReport): string {
  const reasons = new Map<string, number>()
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return [...reasons].map(([reason, number]) => `${number} (${reason})`).join(', ')
}

function milliseconds(duration: number): string {
  return `${Math.round(duration)} ms`.padStart(8)
}
