/** A table as it is printed. The first cell of a row is its name. */
export interface Table {
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

/** Formats a table in Markdown, with padded columns so that it is readable in a terminal too. */
export function formatTable({ head, rows }: Table): string {
  const lines = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)))
  const format = (line: readonly string[]) => `| ${widths.map((width, column) => (line[column] ?? '').padEnd(width)).join(' | ')} |`
  const [first = [], ...rest] = lines
  return [format(first), format(widths.map((width) => '-'.repeat(width))), ...rest.map(format)].join('\n')
}
