import type { AttackResult } from '../../attack-report.js'
import { formatAnswer, formatExpectation } from './format-answer.js'
import type { RowLayout } from './table-rows.js'
import { fitText, wrapText } from './text-layout.js'

/**
 * Results that nobody got in by, summed up: two lines at most for each answer, the commonest first, with what it should have been and
 * which forgeries got it.
 */
export function foldedLines(results: readonly AttackResult[], layout: RowLayout): readonly string[] {
  const groups = new Map<string, AttackResult[]>()
  for (const result of results) {
    // A fault is one, whatever it should have been.
    const otherwise = result.outcome === 'fault' ? '' : `, not ${formatExpectation(result.expected)}`
    const answers = `${formatAnswer(result.answer)}${otherwise}`
    groups.set(answers, [...(groups.get(answers) ?? []), result])
  }
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .flatMap(([answers, group]) => groupLines(answers, group, layout))
}

function groupLines(answers: string, group: readonly AttackResult[], { width, paint }: RowLayout): readonly string[] {
  const indent = ' '.repeat(4)
  const names = [...new Set(group.map(({ forgery }) => forgery))]
  const mark = group[0]?.outcome === 'fault' ? paint.red('✗') : paint.yellow('~')
  return [
    `  ${mark} ${fitText(`${answers}: ${group.length} ${group.length === 1 ? 'token' : 'tokens'}`, width - indent.length).trimEnd()}`,
    paint.dim(indent + namesInOneLine(names, width - indent.length)),
  ]
}

/** As many of the names as there is room for, and how many more there are. */
function namesInOneLine(names: readonly string[], width: number): string {
  for (let shown = names.length; shown > 1; shown--) {
    const rest = shown === names.length ? '' : ` and ${names.length - shown} more`
    const line = `${names.slice(0, shown).join(', ')}${rest}`
    if (line.length <= width) return line
  }
  return wrapText(names.length > 1 ? `${names[0]} and ${names.length - 1} more` : (names[0] ?? ''), width)[0] ?? ''
}
