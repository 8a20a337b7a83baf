/** One relative distinguished name: attributes that count together, as `type=value`, in no order. */
type Rdn = readonly string[]

/**
 * Whether two names are the same: as many relative names, in the same order, of the same types and values. Types are compared in any
 * case, values exactly, once their escapes are undone; names of types are not translated to OIDs.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc4514#section-3 RFC 4514 §3}
 */
export function isSameName(left: readonly Rdn[], right: readonly Rdn[]): boolean {
  const text = (name: readonly Rdn[]): string => JSON.stringify(name.map((rdn) => rdn.toSorted()))
  return text(left) === text(right)
}

/** Reads a name as RFC 4514 writes it, the most particular part first; `undefined` if it is malformed. */
export function parseDistinguishedName(text: string): readonly Rdn[] | undefined {
  const rdns = splitUnescaped(text, ',').map(parseRdn)
  return rdns.every((rdn) => rdn !== undefined) ? rdns : undefined
}

/** Reads the `subject` that node:crypto gives: one relative name a line, escaped as above, in the order of the certificate: from the root. */
export function parseNodeSubject(subject: string): readonly Rdn[] | undefined {
  const rdns = subject.split('\n').toReversed().map(parseRdn)
  return rdns.every((rdn) => rdn !== undefined) ? rdns : undefined
}

function parseRdn(text: string): Rdn | undefined {
  const attributes = splitUnescaped(text, '+').map(parseAttribute)
  return attributes.every((attribute) => attribute !== undefined) ? attributes : undefined
}

function parseAttribute(text: string): string | undefined {
  const [, type, raw] = /^\s*([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)\s*=\s*(.*)$/s.exec(text) ?? []
  if (type === undefined || raw === undefined) return undefined
  const value = unescapeValue(trimValue(raw))
  return value === undefined ? undefined : `${type.toLowerCase()}=${value}`
}

// Spaces after a value do not count, but for one that a backslash escapes. A backslash that is escaped itself escapes nothing.
function trimValue(raw: string): string {
  const trimmed = raw.trimEnd()
  const lastOther = trimmed.split('').findLastIndex((character) => character !== '\\')
  const isEscaped = (trimmed.length - 1 - lastOther) % 2 === 1
  return isEscaped ? raw.slice(0, trimmed.length + 1) : trimmed
}

// RFC 4514 §2.4: a backslash before a special character, or before the two hex digits of a byte of UTF-8.
function unescapeValue(raw: string): string | undefined {
  const bytes: number[] = []
  const pieces = raw.match(/\\[0-9A-Fa-f]{2}|\\?[^\\]|\\\\/gsu) ?? []
  if (pieces.join('') !== raw) return undefined
  for (const piece of pieces) {
    if (/^\\[0-9A-Fa-f]{2}$/.test(piece)) bytes.push(Number.parseInt(piece.slice(1), 16))
    else bytes.push(...new TextEncoder().encode(piece.length > 1 && piece.startsWith('\\') ? piece.slice(1) : piece))
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}

function splitUnescaped(text: string, separator: ',' | '+'): readonly string[] {
  const parts = ['']
  for (const [piece] of text.matchAll(/\\.|[^\\]|\\$/gsu)) {
    if (piece === separator) parts.push('')
    else parts.push((parts.pop() ?? '') + piece)
  }
  return parts
}
