import type { AttackResult } from '../../attack-report.js'
import { forgeries } from '../../forgeries.js'
import type { ForgerySeverity } from '../../forgery.js'
import { formatAnswer, formatExpectation } from './format-answer.js'
import type { Paint } from './paint.js'
import { fitText, wrapText } from './text-layout.js'

/** Variants of one forgery that came to the same; at least one. */
export interface TableRow {
  readonly first: AttackResult
  readonly variants: readonly AttackResult[]
}

/** What a row is written for. */
export interface RowLayout {
  readonly width: number
  readonly paint: Paint
}

/** Results of one outcome as rows; of what is not fine, the worst first. */
export function toRows(results: readonly AttackResult[]): readonly TableRow[] {
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

/** A finding: a line for itself, some for which variants it is and, if that is asked for, what is wrong with them. */
export function findingLines({ first, variants }: TableRow, isExplained: boolean, { width, paint }: RowLayout): readonly string[] {
  const colour = first.severity === 'lenient' ? paint.yellow : paint.red
  const indent = ' '.repeat(14)
  const ways = isAlone(variants) ? '' : `: ${variants.map(({ variant }) => variant).join(', ')}`
  const explanation = isExplained ? explain(variants).flatMap((text) => wrapText(text, width - indent.length)) : []
  return [
    `  ${colour(`✗ ${fitText(first.severity, 9)}`)} ${fitText(first.forgery, 25)} ${rightCells(variants, paint, width >= 92)}`,
    ...wrapText(`${forgeries[first.forgery].title}${ways}`, width - indent.length).map((line) => indent + line),
    ...explanation.map((line) => indent + paint.dim(line)),
  ]
}

/** What is wrong with them; each variant by itself, unless what holds for the whole kind is among it, which says more than the rest. */
function explain(variants: readonly AttackResult[]): readonly string[] {
  const byText = new Map<string, string[]>()
  for (const { description, variant } of variants) byText.set(description, [...(byText.get(description) ?? []), variant])
  const general = variants.find(({ forgery, description }) => description === forgeries[forgery].description)
  if (general !== undefined) return [general.description]
  return byText.size === 1 ? [...byText.keys()] : [...byText].map(([text, names]) => `${names.join(', ')}: ${text}`)
}

/** One line for what is fine, or harmless. */
export function shortLine({ first, variants }: TableRow, { width, paint }: RowLayout): string {
  const isFine = first.outcome === 'as_expected'
  const ways = isAlone(variants) ? '' : `${variants.length} ${variants.length === 1 ? 'way' : 'ways'}`
  // What is left of the line, where that is enough to read.
  const hasTime = width >= 112
  const textWidth = width - (hasTime ? 87 : 77)
  const text = isFine ? forgeries[first.forgery].title : `not ${formatExpectation(first.expected)}`
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
  const time = hasTime ? `${`${Math.round(slowest)} ms`.padStart(8)}  ` : ''
  return `${fitText(formatAnswer(first.answer), 22)} ${paint.dim(`${time}RFC ${first.rfc.number} §${first.rfc.section}`)}`
}

function isAlone([first, ...rest]: readonly AttackResult[]): boolean {
  return first?.variant === 'only' && rest.length === 0
}
