import { join } from 'node:path'
import ts from 'typescript-api'
import { describe, expect, test } from 'vitest'

/** What a user types, and where the cursor is: `|`. */
const CONTRACTS = `import { defineContract } from '@bailiwick/guard'
const shop = defineContract({ audience: 'shop-api', scopes: { orders_read: {}, orders_write: {}, 'payment:*': {}, 'consent/*': {} } })
const plain = defineContract({ audience: 'plain-api', scopes: { read: {}, write: {} } })
`
const path = join(import.meta.dirname, 'typed-by-a-user.ts')
let typed = ''
let version = 0
const editor = ts.createLanguageService({
  fileExists: (name) => ts.sys.fileExists(name),
  readFile: (name) => ts.sys.readFile(name),
  directoryExists: (name) => ts.sys.directoryExists(name),
  getScriptFileNames: () => [path],
  getScriptVersion: (name) => (name === path ? String(version) : ''),
  getScriptSnapshot: (name) => {
    const text = name === path ? typed : ts.sys.readFile(name)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  },
  getCurrentDirectory: () => import.meta.dirname,
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  getCompilationSettings: () => ({
    strict: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    customConditions: ['@bailiwick/source'],
    types: [],
  }),
})

function type(code: string): void {
  typed = CONTRACTS + code
  version++
}

function offered(code: string): readonly string[] {
  type(code.replace('|', ''))
  const completions = editor.getCompletionsAtPosition(path, CONTRACTS.length + code.indexOf('|'), {})
  return (completions?.entries ?? []).map(({ name }) => name)
}

function complaints(code: string): readonly string[] {
  type(code)
  return editor.getSemanticDiagnostics(path).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const shopScopes = ['consent/*', 'orders_read', 'orders_write', 'payment:*']

describe('an editor', () => {
  test.each([
    ["shop.scope('|')", shopScopes],
    ["shop.scope('orders_read', '|')", shopScopes],
    ["shop.anyScope('|')", shopScopes],
    ["shop.anyScope('orders_read', '|')", shopScopes],
    ["plain.scope('|')", ['read', 'write']],
    ["plain.anyScope('read', '|')", ['read', 'write']],
  ])('offers the scopes of the contract in %s', (code, names) => {
    expect(offered(code).toSorted()).toEqual(names)
  })

  test.each(['scope', 'anyScope'])('compares an unknown name in %s with the names that there are, in one sentence', (method) => {
    expect(complaints(`plain.${method}('raed')`)).toEqual([
      `Argument of type '"raed"' is not assignable to parameter of type '"read" | "write"'.`,
    ])
    expect(complaints(`shop.${method}('orders_read', 'orders_raed')`)).toEqual([
      `Argument of type '"orders_raed"' is not assignable to parameter of type '"orders_read" | "orders_write" | "payment:*" | "consent/*" | ` +
        '(`payment:${string}` & Record<never, never>) | (`consent/${string}` & Record<never, never>)' +
        `'.`,
    ])
  })

  test('has no complaint about a name that there is', () => {
    expect(complaints("shop.scope('payment:*').equalsParam('id'); shop.scope('payment:1', 'orders_read')")).toEqual([])
  })
})
