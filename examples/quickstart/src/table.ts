import { styleText } from 'node:util'

/** A line of the table: what was asked, what came back, and why. */
export interface Row {
  readonly title: string
  readonly status: number
  readonly challenge: string
  readonly reason: string
  readonly asExpected: boolean
}

/** The rows as aligned columns; colours only where a terminal shows them. */
export function formatTable(rows: readonly Row[], { colours }: { colours: boolean }): string {
  const cells = rows.map((row) => [row.title, String(row.status), row.challenge || '–', row.reason || '–'])
  const headings = ['request', 'status', 'challenge (WWW-Authenticate)', 'private reason, for operators']
  const widths = headings.map((heading, column) => Math.max(heading.length, ...cells.map((line) => (line[column] ?? '').length)))
  const align = (line: readonly string[]) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0))
  const paint = (format: Parameters<typeof styleText>[0], text: string) => (colours ? styleText(format, text) : text)

  const lines = rows.map((row, index) => {
    const [title = '', status = '', challenge = '', reason = ''] = align(cells[index] ?? [])
    const mark = row.asExpected ? paint('green', '✓') : paint('red', '✗')
    return `${mark} ${title}  ${paint(row.status < 400 ? 'green' : 'yellow', status)}  ${paint('cyan', challenge)}  ${paint('dim', reason)}`.trimEnd()
  })
  const rule = widths.map((width) => '─'.repeat(width)).join('──')
  return [`  ${paint('bold', align(headings).join('  ').trimEnd())}`, `  ${paint('dim', rule)}`, ...lines].join('\n')
}
