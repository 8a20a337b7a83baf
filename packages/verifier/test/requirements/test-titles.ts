import ts from 'typescript-api'

/** A test as its file has it. */
export interface TestTitle {
  /** Its titles from the outside in, as they are written: those of `each` with their placeholders. */
  readonly titles: readonly string[]
  /** The texts in the table of `each`, its own and those around it. */
  readonly rows: readonly string[]
  /** Whether it is left out of every run. */
  readonly isSkipped: boolean
}

const suites = new Set(['describe', 'suite'])
const tests = new Set(['it', 'test'])

/** The tests of a file. Titles that are put together at run time are given as their source text. */
export function testTitles(source: string): TestTitle[] {
  const file = ts.createSourceFile('some.test.ts', source, ts.ScriptTarget.Latest)
  const tables = tablesOf(file)
  const found: TestTitle[] = []
  visit(file, { titles: [], rows: [], isSkipped: false })
  return found

  function visit(node: ts.Node, around: TestTitle): void {
    const declared = ts.isCallExpression(node) ? declaration(node, file, tables) : undefined
    if (declared === undefined) return ts.forEachChild(node, (child) => visit(child, around))
    const within: TestTitle = {
      titles: [...around.titles, declared.title],
      rows: [...around.rows, ...declared.rows],
      isSkipped: around.isSkipped || declared.isSkipped,
    }
    if (declared.isTest) found.push(within)
    else for (const argument of declared.body) visit(argument, within)
  }
}

interface Declaration {
  readonly isTest: boolean
  readonly title: string
  readonly rows: readonly string[]
  readonly isSkipped: boolean
  readonly body: readonly ts.Expression[]
}

/** `it('…')`, `describe.skip('…')`, `it.each(table)('…')`, or undefined for any other call. */
function declaration(call: ts.CallExpression, file: ts.SourceFile, tables: Tables): Declaration | undefined {
  const [title, ...body] = call.arguments
  const table = ts.isCallExpression(call.expression) ? call.expression : undefined
  const [name, ...modifiers] = chainOf(table?.expression ?? call.expression)
  if (title === undefined || name === undefined || !(suites.has(name) || tests.has(name))) return undefined
  // `it.each(table)` itself is a call too, of which the title is yet to come.
  if (table === undefined && modifiers.some((modifier) => modifier === 'each' || modifier === 'for')) return undefined
  return {
    isTest: tests.has(name),
    title: textOf(title, file),
    rows: table === undefined ? [] : table.arguments.flatMap((argument) => textsIn(argument, tables)),
    isSkipped: modifiers.some((modifier) => modifier === 'skip' || modifier === 'todo' || modifier === 'fails'),
    body,
  }
}

/** `a.b.c` as its names; nothing for what is not such a chain. */
function chainOf(expression: ts.Expression): string[] {
  if (ts.isIdentifier(expression)) return [expression.text]
  if (!ts.isPropertyAccessExpression(expression)) return []
  const before = chainOf(expression.expression)
  return before.length === 0 ? [] : [...before, expression.name.text]
}

function textOf(title: ts.Expression, file: ts.SourceFile): string {
  return ts.isStringLiteralLike(title) ? title.text : title.getText(file)
}

/** The texts of the variables that a table may be kept in. */
type Tables = ReadonlyMap<string, readonly string[]>

function tablesOf(file: ts.SourceFile): Tables {
  const tables = new Map<string, readonly string[]>()
  const collect = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      tables.set(node.name.text, textsIn(node.initializer, new Map()))
    }
    ts.forEachChild(node, collect)
  }
  collect(file)
  return tables
}

function textsIn(node: ts.Node, tables: Tables): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isIdentifier(node)) return tables.get(node.text) ?? []
  const texts: string[] = []
  ts.forEachChild(node, (child) => void texts.push(...textsIn(child, tables)))
  return texts
}
