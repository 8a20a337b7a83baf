import type { AttackAnswer, AttackControl, AttackReport, AttackResult } from '../../attack-report.js'
import { forgeries } from '../../forgeries.js'
import type { ForgeryAnswer, ForgerySeverity } from '../../forgery.js'
import { createPaint } from './paint.js'
import type { Paint } from './paint.js'
import { fitText, wrapText } from './text-layout.js'
import { outcomeHeadings, summarise } from './verdict.js'

/** What a table is written for. */
export interface TableOptions {
  /** How many characters a line has; less than 80 is as 80, more than 140 as 140. */
  readonly width: number
  readonly isColoured: boolean
}

/** An attack as a table to read, one row for each forgery and what came back; what is not as it should be comes first, and is explained. */
export function formatTable(report: AttackReport, options: TableOptions): string {
  const paint = createPaint(options.isColoured)
  const width = Math.min(Math.max(options.width, 80), 140)
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
    const isFound = outcome === 'let_in' || outcome === 'lured' || outcome === 'fault'
    lines.push('', paint.bold(isFound ? paint.red(count) : count))
    for (const row of rows) lines.push(...(isFound ? findingLines(row, { width, paint }) : [shortLine(row, { width, paint })]))
  }
  if (report.skipped.length > 0) lines.push('', ...wrapText(`Not sent: ${skippedText(report)}`, width).map(paint.dim))
  lines.push('', ...wrapText(summarise(report), width).map(paint.bold), '')
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

/** Variants of one forgery that came to the same are one row; what is not fine has the worst first. */
function toRows(results: readonly AttackResult[]): readonly Row[] {
  const rows = new Map<string, { first: AttackResult; variants: AttackResult[] }>()
  for (const result of results) {
    const isFine = result.outcome === 'as_expected'
    const key = [result.forgery, isFine || result.severity, isFine || result.expected, formatAnswer(result.answer)].join()
    const row = rows.get(key) ?? { first: result, variants: [] }
    row.variants.push(result)
    rows.set(key, row)
  }
  if (results[0]?.outcome === 'as_expected') return [...rows.values()]
  return [...rows.values()].sort((one, other) => severities.indexOf(one.first.severity) - severities.indexOf(other.first.severity))
}

const severities: readonly ForgerySeverity[] = ['critical', 'serious', 'lenient']

const controls: Readonly<Record<AttackControl['name'], string>> = {
  'good token': 'a good token is let in',
  'no token': 'without a token it is refused',
  'good token of another algorithm': 'a good token of another algorithm is let in',
  'good token afterwards': 'a good token is still let in afterwards',
}

function controlLine({ name, passed, answer, durationMs }: AttackControl, paint: Paint): string {
  const isOptional = name === 'good token of another algorithm'
  const mark = passed ? paint.green('✓') : isOptional ? paint.dim('-') : paint.red('✗')
  return `  ${mark} ${fitText(controls[name], 44)} ${fitText(formatAnswer(answer), 22)} ${milliseconds(durationMs)}`
}

interface RowLayout {
  readonly width: number
  readonly paint: Paint
}

/** What is to be looked at has a line for itself, and some for which variants it is and what is wrong with them. */
function findingLines({ first, variants }: Row, { width, paint }: RowLayout): readonly string[] {
  const colour = first.severity === 'lenient' ? paint.yellow : paint.red
  const indent = ' '.repeat(14)
  const ways = isAlone(variants) ? '' : `: ${variants.map(({ variant }) => variant).join(', ')}`
  return [
    `  ${colour(`✗ ${fitText(first.severity, 9)}`)} ${fitText(first.forgery, 25)} ${rightCells(variants, paint, width >= 92)}`,
    ...wrapText(`${forgeries[first.forgery].title}${ways}`, width - indent.length).map((line) => indent + line),
    ...wrapText(first.description, width - indent.length).map((line) => indent + paint.dim(line)),
  ]
}

/** What is fine, or harmless, has one line. */
function shortLine({ first, variants }: Row, { width, paint }: RowLayout): string {
  const isFine = first.outcome === 'as_expected'
  const ways = isAlone(variants) ? '' : `${variants.length} ${variants.length === 1 ? 'way' : 'ways'}`
  // What is left of the line, where that is enough to read.
  const hasTime = width >= 112
  const textWidth = width - (hasTime ? 87 : 77)
  const text = isFine ? forgeries[first.forgery].title : `not ${expectations[first.expected]}`
  const cells = [
    isFine ? paint.green('✓') : paint.yellow('~'),
    fitText(first.forgery, 25),
    paint.dim(fitText(ways, 6)),
    ...(textWidth < 21 ? [] : [paint.dim(fitText(text, textWidth))]),
    rightCells(variants, paint, hasTime),
  ]
  return `  ${cells.join(' ')}`
}

function rightCells(variants: readonly AttackResult[], paint: Paint, hasTime: boolean): string {
  const [first] = variants
  if (first === undefined) return ''
  const slowest = Math.max(...variants.map(({ durationMs }) => durationMs))
  const time = hasTime ? `${milliseconds(slowest)}  ` : ''
  return `${fitText(formatAnswer(first.answer), 22)} ${paint.dim(`${time}RFC ${first.rfc.number} §${first.rfc.section}`)}`
}

function isAlone([first, ...rest]: readonly AttackResult[]): boolean {
  return first?.variant === 'only' && rest.length === 0
}

const expectations: Readonly<Record<ForgeryAnswer, string>> = {
  invalid_token: '401 invalid_token',
  invalid_request: '400 invalid_request',
  insufficient_scope: '403 insufficient_scope',
  no_credentials: '401 without an error',
  refusal: 'a status of 400 to 499',
  accepted: 'let in',
}

function skippedText({ skipped }: AttackReport): string {
  const reasons = new Map<string, number>()
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return [...reasons].map(([reason, number]) => `${number} (${reason})`).join(', ')
}

function milliseconds(duration: number): string {
  return `${Math.round(duration)} ms`.padStart(8)
}
