/** The scopes of a list, some of which may be prefixes such as `payment:*`. */
export interface AllowedScopes {
  /** Whether the list has the scope by its own name, or as a value, without a star itself, of a prefix such as `payment:*`. */
  allows(scope: string): boolean
  /** The first entry of the list that allows the scope. */
  find(scope: string): string | undefined
}

/** Prepares a list for many questions: each takes as long as the scope is, however long the list. */
export function createAllowedScopes(declared: readonly string[]): AllowedScopes {
  const names = new Map<string, number>()
  const prefixes = new Map<string, number>()
  for (const [index, name] of declared.entries()) {
    const [places, key] = name.endsWith('*') ? [prefixes, name.slice(0, -1)] : [names, name]
    if (!places.has(key)) places.set(key, index)
  }
  const lengths = [...new Set([...prefixes.keys()].map(({ length }) => length))]

  function find(scope: string): string | undefined {
    const places = [names.get(scope) ?? Infinity]
    if (!scope.includes('*')) {
      for (const length of lengths) if (length < scope.length) places.push(prefixes.get(scope.slice(0, length)) ?? Infinity)
    }
    return declared[Math.min(...places)]
  }
  return { find, allows: (scope) => find(scope) !== undefined }
}
