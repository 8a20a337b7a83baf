/** The scopes of a list, some of which may be prefixes such as `payment:*`. */
export interface AllowedScopes {
  /** Whether the list has the scope by its own name, or by a prefix of it; see `allowsScope`. */
  allows(scope: string): boolean
}

/** Prepares a list for many questions: each takes as long as the scope is, however long the list. */
export function createAllowedScopes(declared: readonly string[]): AllowedScopes {
  const names = new Set(declared.filter((name) => !name.endsWith('*')))
  const prefixes = new Set(declared.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1)))
  const lengths = [...new Set([...prefixes].map(({ length }) => length))]
  return {
    allows: (scope) =>
      names.has(scope) || (!scope.includes('*') && lengths.some((length) => length < scope.length && prefixes.has(scope.slice(0, length)))),
  }
}
