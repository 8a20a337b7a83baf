import ts from 'typescript-api'
import { isBehindCondition, leavingOut, leftOutBy } from './left-out.js'

/** A test as its file has it. */
export interface TestTitle {
  /** Its titles from the outside in, as they are written: those of `each` with their placeholders. */
  readonly titles: readonly string[]
  /** The texts in the table of `each`, its own and those around it. */
  readonly rows: readonly string[]
  /** Whether it is left out of every run. */
  readonly isSkipped: boolean
  /** Whether it depends on a condition that it runs, as of `skipIf` and `runIf`. */
  readonly isConditional: boolean
}

const suites = new Set(['describe', 'suite'])
const tests = new Set(['it', 'test'])
const conditions = new Set(['skipIf', 'runIf'])
const tableNames = new Set(['each', 'for'])

/** The tests of a file. Titles that are put together at run time are given as their source text. */
export function testTitles(source: string): TestTitle[] {
  const file = ts.createSourceFile('some.test.ts', source, ts.ScriptTarget.Latest, true)
  const variables = textsOfVariables(file)
  const found: (TestTitle & { isOnly: boolean })[] = []
  visit(file, { titles: [], rows: [], isSkipped: false, isConditional: false, isOnly: false })
  const hasOnly = found.some(({ isOnly }) => isOnly)
  return found.map(({ isOnly, ...title }) => ({ ...title, isSkipped: title.isSkipped || (hasOnly && !isOnly) }))

  function visit(node: ts.Node, outside: TestTitle & { isOnly: boolean }): void {
    const around = isBehindCondition(node) ? { ...outside, isConditional: true } : outside
    const declared = ts.isCallExpression(node) ? declaration(node, file, variables) : undefined
    if (declared === undefined) return ts.forEachChild(node, (child) => visit(child, around))
    const within = {
      titles: [...around.titles, declared.title],
      rows: [...around.rows, ...declared.rows],
      isSkipped: around.isSkipped || declared.isSkipped,
      isConditional: around.isConditional || declared.isConditional,
      isOnly: around.isOnly || declared.isOnly,
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
  readonly isConditional: boolean
  /** Whether the others of the file are left out for it. */
  readonly isOnly: boolean
  readonly body: readonly ts.Expression[]
}

/** `it('…')`, `describe.skip('…')`, `it.skipIf(condition).each(table)('…')`, or undefined for any other call. */
function declaration(call: ts.CallExpression, file: ts.SourceFile, variables: Texts): Declaration | undefined {
  const [title, ...body] = call.arguments
  const [kind, ...modifiers] = chainOf(call.expression)
  if (title === undefined || kind === undefined || !(suites.has(kind.name) || tests.has(kind.name))) return undefined
  // `it.each(table)` and `it.skipIf(condition)` are calls too, of which the title is yet to come.
  if (modifiers.some(({ name, arguments: given }) => given === undefined && takesArguments(name))) return undefined
  const leftOut = leftOutBy(body)
  const tables = modifiers.filter(({ name }) => tableNames.has(name))
  return {
    isTest: tests.has(kind.name),
    title: ts.isStringLiteralLike(title) ? title.text : title.getText(file),
    rows: tables.flatMap(({ arguments: given = [] }) => given.flatMap((argument) => textsIn(argument, variables))),
    isSkipped: leftOut === 'always' || modifiers.some(({ name }) => leavingOut.has(name)),
    isConditional: leftOut === 'sometimes' || modifiers.some(({ name }) => conditions.has(name)),
    isOnly: modifiers.some(({ name }) => name === 'only'),
    body,
  }
}

const takesArguments = (name: string) => tableNames.has(name) || conditions.has(name)

/** A name of a chain, with what it was called with, if it was. */
interface Link {
  readonly name: string
  readonly arguments?: readonly ts.Expression[] | undefined
}

/** `a.b(c).d` as its names; nothing for what is not such a chain. */
function chainOf(expression: ts.Expression): readonly Link[] {
  if (ts.isIdentifier(expression)) return [{ name: expression.text }]
  if (ts.isPropertyAccessExpression(expression)) {
    const before = chainOf(expression.expression)
    return before.length === 0 ? [] : [...before, { name: expression.name.text }]
  }
  if (!ts.isCallExpression(expression)) return []
  const called = chainOf(expression.expression)
  const last = called.at(-1)
  return last === undefined ? [] : [...called.slice(0, -1), { ...last, arguments: expression.arguments }]
}

/** The texts of the variables that a table may be kept in. */
type Texts = ReadonlyMap<string, readonly string[]>

function textsOfVariables(file: ts.SourceFile): Texts {
  const texts = new Map<string, readonly string[]>()
  const collect = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      texts.set(node.name.text, textsIn(node.initializer, new Map()))
    }
    ts.forEachChild(node, collect)
  }
  collect(file)
  return texts
}

function textsIn(node: ts.Node, variables: Texts): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isIdentifier(node)) return variables.get(node.text) ?? []
  const texts: string[] = []
  ts.forEachChild(node, (child) => void texts.push(...textsIn(child, variables)))
  return texts
}
