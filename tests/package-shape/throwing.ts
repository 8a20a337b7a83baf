import ts from 'typescript-api'

/**
 * Whether a call of the function runs a `throw` of its own package: in its own body, or in that of a function that it
 * calls by name, however deep. A `throw` inside a `try` that has a `catch`, or inside a function that is only handed
 * on, does not count; what a method or another package throws is not seen.
 */
export function canThrow(checker: ts.TypeChecker, declaration: ts.Node, seen = new Set<ts.Node>()): boolean {
  if (seen.has(declaration)) return false
  seen.add(declaration)
  const body = bodyOf(declaration)
  return body !== undefined && runsThrow(body)

  function runsThrow(node: ts.Node): boolean {
    if (ts.isThrowStatement(node)) return true
    if (ts.isFunctionLike(node)) return false
    if (ts.isTryStatement(node) && node.catchClause) {
      return [node.catchClause.block, node.finallyBlock].some((block) => block !== undefined && runsThrow(block))
    }
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      calleesOf(node.expression).some((callee) => canThrow(checker, callee, seen))
    ) {
      return true
    }
    return ts.forEachChild(node, (child) => runsThrow(child) || undefined) ?? false
  }

  function calleesOf(name: ts.Identifier): readonly ts.Node[] {
    const symbol = checker.getSymbolAtLocation(name)
    if (symbol === undefined) return []
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return (target.declarations ?? []).filter((node) => samePackage(node, declaration))
  }
}

function bodyOf(declaration: ts.Node): ts.Node | undefined {
  if (ts.isFunctionDeclaration(declaration)) return declaration.body
  if (ts.isVariableDeclaration(declaration) && declaration.initializer) {
    const value = declaration.initializer
    if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value.body
  }
  return undefined
}

function samePackage(a: ts.Node, b: ts.Node): boolean {
  const folder = (node: ts.Node) => /packages\/([^/]+)\/src\//.exec(node.getSourceFile().fileName)?.[1]
  return folder(a) === folder(b)
}
