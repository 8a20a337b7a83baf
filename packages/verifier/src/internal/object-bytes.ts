/**
 * Estimates the memory that parsed JSON takes beyond its text, in bytes: objects, lists, and their members and entries.
 * (`[{},{},…]` takes twenty times its length.) It is more than V8 takes for most JSON, and within half of it for the rest,
 * which has many names, or numbers as names. The parser bounds the depth.
 */
export function objectBytes(value: object): number {
  let bytes = 64
  for (const name in value) {
    const member: unknown = (value as Record<string, unknown>)[name]
    bytes += typeof member === 'object' && member !== null ? 32 + objectBytes(member) : 32
  }
  return bytes
}
