/** Colours for a terminal, or none. */
export interface Paint {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
}

/** Makes one that colours by the sequences of ECMA-48, or one that leaves texts as they are. */
export function createPaint(isColoured: boolean): Paint {
  const sequence = (code: number, end: number) => (text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[${end}m` : text)
  return { bold: sequence(1, 22), dim: sequence(2, 22), red: sequence(31, 39), yellow: sequence(33, 39), green: sequence(32, 39) }
}
