import ts from 'typescript-api'
import type { EntryPoint } from './entry-points.js'
import { entryPoints } from './entry-points.js'

/** One name that an entry point exports, seen through every re-export to where it is declared. */
export interface PublicSymbol {
  entry: EntryPoint
  name: string
  kind: 'function' | 'class' | 'const' | 'interface' | 'type'
  /** Where it is declared: more than one place for an overloaded function, or for a value and a type of one name. */
  declarations: readonly ts.Declaration[]
}

/**
 * Reads the sources of all entry points with the last TypeScript that has a JavaScript API, without the standard
 * library: names and syntax are all that is asked for here, and the compiler that builds the packages checks the types.
 */
export function readPublicSurface(entries: readonly EntryPoint[] = entryPoints): {
  checker: ts.TypeChecker
  symbols: readonly PublicSymbol[]
} {
  const program = ts.createProgram({
    rootNames: entries.map(({ source }) => source),
    options: {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      customConditions: ['@bailiwick/source'],
      noLib: true,
      types: [],
    },
  })
  const checker = program.getTypeChecker()
  const symbols = entries.flatMap((entry) => {
    const file = program.getSourceFile(entry.source)
    const module = file && checker.getSymbolAtLocation(file)
    if (module === undefined) throw new Error(`${entry.source} exports nothing`)
    return checker.getExportsOfModule(module).map((exported) => publicSymbol(checker, entry, exported))
  })
  return { checker, symbols }
}

function publicSymbol(checker: ts.TypeChecker, entry: EntryPoint, exported: ts.Symbol): PublicSymbol {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const declarations = symbol.declarations ?? []
  if (declarations.length === 0) throw new Error(`${entry.specifier} exports ${exported.name}, which is declared nowhere`)
  return { entry, name: exported.name, kind: kindOf(symbol, isTypeOnly(exported)), declarations }
}

/** Whether the list of exports names it with `export type`. */
function isTypeOnly(exported: ts.Symbol): boolean {
  return (exported.declarations ?? []).some((node) => ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly))
}

function kindOf(symbol: ts.Symbol, typeOnly: boolean): PublicSymbol['kind'] {
  if (!typeOnly) {
    if (symbol.flags & ts.SymbolFlags.Function) return 'function'
    if (symbol.flags & ts.SymbolFlags.Class) return 'class'
    if (symbol.flags & ts.SymbolFlags.Variable) return 'const'
  }
  return symbol.flags & ts.SymbolFlags.TypeAlias ? 'type' : 'interface'
}
