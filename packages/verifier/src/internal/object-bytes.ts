/**
 * The memory that parsed JSON takes beyond its text, in bytes: objects and lists, and what they have for each member or entry. A text
 * of `{}` after `{}` takes twenty times its length. It is on the safe side of what V8 takes for most JSON, and within half of it for
 * the rest, which has many names or numbers as names. The depth is bounded by the parser.
 */
export function objectBytes(value: object): number {
  let bytes = 64
  for (const name in value) {
    const member: unknown = (value as Record<string, unknown>)[name]
    bytes += typeof member === 'object' && member !== null ? 32 + objectBytes(member) : 32
  }
  return bytes
}
