import { execFile } from 'node:child_process'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DocExample } from './doc-examples.js'
import { docExamples, docstringExamples, fencedBlocks } from './doc-examples.js'
import { compilableExample, stage } from './compilable-example.js'
import { root } from './entry-points.js'

// Inside the workspace, so that examples find the packages and the frameworks; Git and Vitest do not look there.
const project = join(root, 'tests/.cache/examples-in-docs')
const examples = docExamples()
const documents = [...new Set(examples.map(({ document }) => document))]
let complaints: string[]

beforeAll(async () => {
  await rm(project, { recursive: true, force: true })
  await mkdir(project, { recursive: true })
  await cp(stage, join(project, 'stage'), { recursive: true })
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../../tsconfig.base.json',
      // What an example imports for its types alone is no matter here, and it is no library that others consume.
      compilerOptions: {
        noEmit: true,
        declaration: false,
        declarationMap: false,
        types: ['node'],
        verbatimModuleSyntax: false,
        customConditions: ['@bailiwick/source'],
      },
      include: ['**/*.ts'],
    }),
  )
  for (const example of examples) {
    const path = pathOf(example)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, compilableExample(example), { flag: 'wx' })
  }
  await writeFile(join(project, 'broken.ts'), 'export const text: string = 1\n')
  complaints = await compile()
}, 60_000)

test('a mistake is found', () => {
  expect(complaints.filter((line) => line.startsWith('broken.ts'))).toEqual([
    "broken.ts(1,14): error TS2322: Type 'number' is not assignable to type 'string'.",
  ])
})

test.each(documents)('%s shows only code that compiles', (document) => {
  expect(complaints.filter((line) => line.startsWith(`${document}:`))).toEqual([])
})

test('what the examples stand on compiles', () => {
  const elsewhere = (line: string) =>
    ![...documents.map((document) => `${document}:`), 'broken.ts('].some((start) => line.startsWith(start))
  expect(complaints.filter(elsewhere)).toEqual([])
})

describe('the search for examples', () => {
  test('finds a fenced block with its line, and leaves out what is marked to be ignored or is no TypeScript', () => {
    const text = 'a\n```ts\nconst b = 1\n```\n```ts ignore\nconst c = 1\n```\n```sh\nd\n```\n'
    expect(fencedBlocks('a.md', text, 1)).toEqual([{ document: 'a.md', line: 3, code: 'const b = 1' }])
  })

  test('finds what stands under a docstring tag, fenced or not', () => {
    const text = '\n/**\n * A.\n *\n * @example\n * const b = 1\n * @see c\n */\n/**\n * @example\n * ```ts\n * const d = 1\n * ```\n */\n'
    expect(docstringExamples('a.ts', text)).toEqual([
      { document: 'a.ts', line: 5, code: '\nconst b = 1' },
      { document: 'a.ts', line: 12, code: 'const d = 1' },
    ])
  })
})

/** A block that opens with its name (`// contract.ts`) has it, so that others of its document can import it. */
function pathOf({ document, line, code }: DocExample): string {
  const name = /^\s*\/\/ ([\w-]+\.ts)\b/.exec(code)?.[1]
  return join(project, document, name ?? `line-${line}.ts`)
}

/** Every complaint of the compiler, at its place in the document. */
async function compile(): Promise<string[]> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [tsc, '-p', project, '--pretty', 'false'], { cwd: project }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
  return output
    .split(/\n(?! )/)
    .filter((line) => line !== '')
    .map((line) => line.replace(/^(.+)\/[\w-]+\.ts\((\d+),\d+\): /, '$1:$2: '))
}
