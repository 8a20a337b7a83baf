/**
 * Whether a JSON object has duplicate members, however their names are escaped. Nested objects are not checked.
 *
 * @param text a JSON object, known to be valid
 * @see {@link https://www.rfc-editor.org/rfc/rfc8259#section-4 RFC 8259 §4} (parsers differ in which of them counts)
 */
export function hasRepeatedMember(text: string): boolean {
  const names = new Set<unknown>()
  let depth = 0
  let lastString = ''
  for (const [part] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g)) {
    if (part === '{' || part === '[') depth += 1
    else if (part === '}' || part === ']') depth -= 1
    else if (part !== ':') lastString = part
    else if (depth === 1) {
      const name: unknown = JSON.parse(lastString)
      if (names.has(name)) return true
      names.add(name)
    }
  }
  return false
}
