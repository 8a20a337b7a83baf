import { hasPrefixValue, parsePrefixScope } from './prefix-scope.js'

/** Tells which scope of a contract a granted one is. */
export interface ScopeCatalog {
  /** The name under which the scope is defined: itself, or its prefix scope. `undefined` for a scope that is not defined. */
  readonly definedName: (granted: string) => string | undefined
  /** Whether a guard may ask for this name: a defined one, or a prefix scope with a value. */
  readonly canRequire: (name: string) => boolean
}

/** @throws {ConfigurationError} a name that cannot be a scope */
export function createScopeCatalog(names: readonly string[]): ScopeCatalog {
  const exact = new Set<string>()
  const prefixes: { readonly name: string; readonly prefix: string }[] = []
  for (const name of names) {
    const prefix = parsePrefixScope(name)
    if (prefix === undefined) exact.add(name)
    else prefixes.push({ name, prefix })
  }
  const definedName = (granted: string): string | undefined =>
    exact.has(granted) ? granted : prefixes.find(({ prefix }) => hasPrefixValue(granted, prefix))?.name

  return { definedName, canRequire: (name) => definedName(name) !== undefined || prefixes.some((known) => known.name === name) }
}
