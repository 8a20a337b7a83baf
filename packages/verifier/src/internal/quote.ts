const maxLength = 80

/**
 * A foreign value as it may stand in a message: as JSON, cut short, and in printable ASCII. A log is read in terminals, and what
 * else Unicode has would let a token move the cursor, turn text around, or look like another issuer.
 */
export function quote(value: unknown): string {
  const text = (JSON.stringify(value) ?? 'undefined').slice(0, maxLength + 1)
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
  return cut.replaceAll(/[^ -~…]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
