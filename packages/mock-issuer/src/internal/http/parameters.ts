/** Request parameters. One without a value counts as omitted (RFC 6749 §3.1 and §3.2). */
export interface Parameters {
  readonly values: ReadonlyMap<string, string>
  /** Names that were there more than once, which RFC 6749 §3.1 and §3.2 forbid. */
  readonly repeated: readonly string[]
}

/** Reads a query or a form body, without checking any value. */
export function parseParameters(text: string): Parameters {
  const values = new Map<string, string>()
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (seen.has(name)) repeated.add(name)
    seen.add(name)
    if (value !== '') values.set(name, value)
  }
  return { values, repeated: [...repeated] }
}
