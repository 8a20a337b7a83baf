import { styleText } from 'node:util'

/** A line of the table: what was asked, what came back, and why. */
export interface Row {
  readonly title: string
  readonly status: number
  readonly challenge: string
  readonly reason: string
  readonly asExpected: boolean
}

export interface TableOptions {
  /** How wide the table may be, in characters. */
  readonly width: number
  readonly colours: boolean
}

type Format = Parameters<typeof styleText>[0]

/** The rows as aligned columns, long cells wrapped; colours only where a terminal shows them. */
export function formatTable(rows: readonly Row[], { width, colours }: TableOptions): string {
  const titles = Math.max('request'.length, ...rows.map(({ title }) => title.length))
  const rest = Math.max(60, width - titles - 'status'.length - 10)
  const widths = [1, titles, 'status'.length, Math.ceil(rest / 2), Math.floor(rest / 2)]
  const paint = (format: Format, text: string) => (colours ? styleText(format, text) : text)
  const line = (cells: readonly string[], formats: readonly Format[]) => layOut(cells, widths, formats, paint)

  return [
    line(
      ['', 'request', 'status', 'challenge (WWW-Authenticate)', 'private reason, for operators'],
      widths.map(() => 'bold'),
    ),
    paint('dim', '─'.repeat(widths.reduce((sum, column) => sum + column + 2, -2))),
    ...rows.map(({ title, status, challenge, reason, asExpected }) =>
      line(
        [asExpected ? '✓' : '✗', title, String(status), challenge || '–', reason || '–'],
        [asExpected ? 'green' : 'red', 'reset', status < 400 ? 'green' : 'yellow', 'cyan', 'dim'],
      ),
    ),
  ].join('\n')
}

/** One row, over as many lines as its longest cell needs. */
function layOut(
  cells: readonly string[],
  widths: readonly number[],
  formats: readonly Format[],
  paint: (format: Format, text: string) => string,
): string {
  const wrapped = cells.map((cell, column) => wrap(cell, widths[column] ?? 0))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, index) =>
    wrapped
      .map((lines, column) => paint(formats[column] ?? 'reset', (lines[index] ?? '').padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  ).join('\n')
}

/** Breaks between words; a word that is longer than a line is broken too. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
    while (line.length > width) {
      lines.push(line.slice(0, width))
      line = line.slice(width)
    }
  }
  return [...lines, line]
}
