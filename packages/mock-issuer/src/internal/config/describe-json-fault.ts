import { printable } from '../invisible-characters.js'
import type { JsonFault } from './json-fault.js'
import { maskSecrets } from './secret-members.js'

const before = 60
const after = 20

/**
 * Says on which line and at which character of it a text stops being JSON, and shows the line, or what is around the place of a long one.
 * Characters that would move the cursor are not printed, and no values of members that are named like secrets.
 */
export function describeJsonFault(text: string, { offset, message }: JsonFault): string {
  const lines = text.slice(0, offset).split('\n')
  const masked = maskSecrets(text, offset)
  const start = masked.text.slice(0, masked.offset).split('\n').at(-1) ?? ''
  const rest = (masked.text.slice(masked.offset, masked.offset + 1_000).split('\n', 1)[0] ?? '').replace(/\r$/, '')
  const label = `    ${lines.length} | `
  const shownStart = start.length > before ? `…${start.slice(-before)}` : start
  const shownRest = rest.length > after ? `${rest.slice(0, after)}…` : rest
  return [
    `line ${lines.length}, character ${(lines.at(-1) ?? '').length + 1}: ${message}.`,
    label + printable((shownStart + shownRest).replaceAll('\t', ' ')),
    `${' '.repeat(label.length + shownStart.length)}^`,
  ].join('\n')
}
