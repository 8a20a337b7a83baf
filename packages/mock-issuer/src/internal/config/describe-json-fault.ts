import { printable } from '../cli/printable.js'
import type { JsonFault } from './json-fault.js'

const before = 60
const after = 20

/**
 * Says on which line and at which character of it a text stops being JSON, and shows the line, or what is around the place of a long one.
 * Characters that would move the cursor are not printed.
 */
export function describeJsonFault(text: string, { offset, message }: JsonFault): string {
  const lines = text.slice(0, offset).split('\n')
  const start = lines.at(-1) ?? ''
  const rest = (text.slice(offset, offset + 1_000).split('\n', 1)[0] ?? '').replace(/\r$/, '')
  const label = `    ${lines.length} | `
  const shownStart = start.length > before ? `…${start.slice(-before)}` : start
  const shownRest = rest.length > after ? `${rest.slice(0, after)}…` : rest
  return [
    `line ${lines.length}, character ${start.length + 1}: ${message}.`,
    label + printable((shownStart + shownRest).replaceAll('\t', ' ')),
    `${' '.repeat(label.length + shownStart.length)}^`,
  ].join('\n')
}
