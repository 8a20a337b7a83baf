import ts from 'typescript-api'

/** A test as its file has it. */
export interface TestTitle {
  /** Its titles from the outside in, as they are written: those of `each` with their placeholders. */
  readonly titles: readonly string[]
  /** The texts in the tables around it and its own. */
  readonly rows: readonly string[]
  readonly isSkipped: boolean
  /** Whether it depends on a condition that it runs, as of `skipIf` and `runIf`. */
  readonly isConditional: boolean
}

/** The tests of a file. */
export function testTitles(source: string): readonly TestTitle[] {
  const found: TestTitle[] = []
  const visit = (node: ts.Node, around: TestTitle): void => {
    const declared = ts.isCallExpression(node) ? readDeclaration(node) : undefined
    if (declared === undefined) return ts.forEachChild(node, (child) => visit(child, around))
    const { kind, title, rows, isSkipped, isConditional, body } = declared
    const within = {
      titles: [...around.titles, title],
      rows: [...around.rows, ...rows],
      isSkipped: around.isSkipped || isSkipped,
      isConditional: around.isConditional || isConditional,
    }
    if (kind === 'test') found.push(within)
    else visit(body, within)
  }
  visit(ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest, true), {
    titles: [],
    rows: [],
    isSkipped: false,
    isConditional: false,
  })
  return found
}

/** `test('…', …)`, `describe.skip('…', …)`, `test.each(table)('…', …)`, or undefined for any other call. */
function readDeclaration(call: ts.CallExpression) {
  const [title, body] = call.arguments
  const table = ts.isCallExpression(call.expression) ? call.expression : undefined
  const [kind, ...modifiers] = (table?.expression ?? call.expression).getText().replaceAll(/<.*>/gs, '').split('.')
  if ((kind !== 'test' && kind !== 'describe') || title === undefined || body === undefined || !ts.isStringLiteralLike(title))
    return undefined
  return {
    kind,
    title: title.text,
    rows: (modifiers.includes('each') ? table : undefined)?.arguments.flatMap((argument) => [...textsIn(argument)]) ?? [],
    isSkipped: modifiers.some((modifier) => ['skip', 'todo', 'fails'].includes(modifier)),
    isConditional: modifiers.some((modifier) => ['skipIf', 'runIf'].includes(modifier)),
    body,
  }
}

function* textsIn(node: ts.Node): Generator<string> {
  if (ts.isStringLiteralLike(node)) yield node.text
  for (const child of node.getChildren()) yield* textsIn(child)
}
