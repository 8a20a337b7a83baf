import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fencedBlocks } from '../package-shape/doc-examples.js'
import { root } from '../package-shape/entry-points.js'

// Inside the workspace, so that what is pasted finds the packages and the frameworks; Git and Vitest do not look there.
const cache = join(root, 'tests/.cache/adapter-readmes')

test.each(['express', 'koa', 'hono', 'fastify'])(
  'the README of %s compiles when its blocks are pasted into one file, in their order',
  async (name) => {
    const folder = join(cache, name)
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true })
    for (const [file, code] of pasted(name, await readFile(join(root, 'packages', name, 'README.md'), 'utf8'))) {
      await writeFile(join(folder, file), code)
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings))
    expect(await compile(folder)).toBe('')
  },
)

/** Its files: a block that opens with another file's name (`// list-orders.ts`) is that file, and all others are `api.ts`. */
function pasted(name: string, text: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const { code } of fencedBlocks(name, text, 1)) {
    const file = /^\/\/ ([\w-]+\.ts)\b/.exec(code)?.[1] ?? 'api.ts'
    files.set(file, `${files.get(file) ?? ''}${code}\n`)
  }
  return files
}

const settings = {
  extends: '../../../../tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    declaration: false,
    declarationMap: false,
    types: ['node'],
    customConditions: ['@bailiwick/source'],
  },
  include: ['*.ts'],
}

/** What the compiler complains of. */
async function compile(folder: string): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
}
