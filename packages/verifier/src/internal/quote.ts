const maxLength = 80

/**
 * Quotes an untrusted value for a message: JSON, truncated, in printable ASCII. Logs are read in terminals, where other
 * characters could move the cursor, reverse text or imitate another issuer.
 */
export function quote(value: unknown): string {
  const text = (JSON.stringify(value) ?? 'undefined').slice(0, maxLength + 1)
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
  return cut.replaceAll(/[^ -~…]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
