/** The parameters that may be there more than once (RFC 8707 §2, RFC 8693 §2.1). */
export type RepeatableParameter = 'resource' | 'audience'

/** The values of request parameters, one for each name. */
export interface ParameterValues extends ReadonlyMap<string, string> {
  /** Every value of a parameter that may be repeated, in order. `get` gives the first of them. */
  all(name: RepeatableParameter): readonly string[]
}

/** Request parameters. One without a value counts as omitted (RFC 6749 §3.1 and §3.2). */
export interface Parameters {
  readonly values: ParameterValues
  /** Names that were there more than once, which RFC 6749 §3.1 and §3.2 forbid. */
  readonly repeated: readonly string[]
}

/** Reads a query or a form body, without checking any value. */
export function parseParameters(text: string): Parameters {
  return createParameters(new URLSearchParams(text))
}

/** Collects parameters from wherever they were, without checking any value. */
export function createParameters(entries: Iterable<readonly [string, string]>): Parameters {
  const values = new CollectedValues()
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const [name, value] of entries) {
    if (seen.has(name) && !isRepeatable(name)) repeated.add(name)
    seen.add(name)
    if (value !== '') values.add(name, value)
  }
  return { values, repeated: [...repeated] }
}

class CollectedValues extends Map<string, string> implements ParameterValues {
  readonly #lists = new Map<string, string[]>()

  add(name: string, value: string): void {
    if (!isRepeatable(name)) {
      this.set(name, value)
      return
    }
    const list = this.#lists.get(name) ?? []
    list.push(value)
    this.#lists.set(name, list)
    this.set(name, list[0] ?? value)
  }

  all(name: RepeatableParameter): readonly string[] {
    return this.#lists.get(name) ?? []
  }
}

function isRepeatable(name: string): name is RepeatableParameter {
  return name === 'resource' || name === 'audience'
}
