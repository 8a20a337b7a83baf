import ts from 'typescript-api'

/** Whether a test, or a suite, is left out of runs. */
export type LeftOut = 'always' | 'sometimes' | 'never'

/** The options, and the modifiers, by which a test does not show that what it says is so. */
export const leavingOut: ReadonlySet<string> = new Set(['skip', 'todo', 'fails'])

/** What the arguments behind a title say of that: an option, a function that is yet to be written, or one that may have itself skipped. */
export function leftOutBy(given: readonly ts.Expression[]): LeftOut {
  const options = new Set(given.filter(ts.isObjectLiteralExpression).flatMap(({ properties }) => properties.map(leftOutByOption)))
  if (options.has('always') || !given.some(canRun)) return 'always'
  return options.has('sometimes') || given.some(skipsItself) ? 'sometimes' : 'never'
}

/** Whether what is within depends on a condition: the branches of `if` and `? :`, and what is behind `&&`, `||` and `??`. */
export function isBehindCondition(node: ts.Node): boolean {
  const { parent } = node
  if (parent === undefined) return false
  if (ts.isIfStatement(parent)) return node !== parent.expression
  if (ts.isConditionalExpression(parent)) return node !== parent.condition
  return ts.isBinaryExpression(parent) && node === parent.right && shortcuts.has(parent.operatorToken.kind)
}

const shortcuts: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
])

function leftOutByOption(property: ts.ObjectLiteralElementLike): LeftOut {
  const { name } = property
  if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name)) || !leavingOut.has(name.text)) return 'never'
  const value = ts.isPropertyAssignment(property) ? property.initializer.kind : undefined
  if (value === ts.SyntaxKind.FalseKeyword) return 'never'
  return value === ts.SyntaxKind.TrueKeyword ? 'always' : 'sometimes'
}

function canRun(argument: ts.Expression): boolean {
  if (ts.isIdentifier(argument)) return argument.text !== 'undefined'
  return !ts.isObjectLiteralExpression(argument) && !ts.isNumericLiteral(argument)
}

/** Whether a function calls the `skip` of the context that it is given. */
function skipsItself(argument: ts.Expression): boolean {
  if (!ts.isArrowFunction(argument) && !ts.isFunctionExpression(argument)) return false
  const parameters = argument.parameters.map(({ name }) => name)
  const isGiven = (text: string) => parameters.some((name) => ts.isIdentifier(name) && name.text === text)
  const isTaken = (text: string) =>
    parameters.some(
      (name) => ts.isObjectBindingPattern(name) && name.elements.some((each) => ts.isIdentifier(each.name) && each.name.text === text),
    )
  const calls = (node: ts.Node): boolean => {
    if (ts.isCallExpression(node)) {
      const { expression } = node
      if (ts.isIdentifier(expression) && expression.text === 'skip' && isTaken('skip')) return true
      if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'skip' && ts.isIdentifier(expression.expression)) {
        if (isGiven(expression.expression.text)) return true
      }
    }
    return ts.forEachChild(node, (child) => calls(child) || undefined) ?? false
  }
  return calls(argument.body)
}
