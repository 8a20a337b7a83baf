import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

/** What a reader gets who pastes from the pages of the mock issuer. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const documents = `${root}packages/mock-issuer/`
// Below the folder of the tests, so that the packages are found; not tracked.
const folder = `${root}tests/.cache/mock-issuer-readme`

beforeAll(() => mkdirSync(folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('shows a test of an API that passes as pasted, and recipes that pass behind its first lines', () => {
  const readme = blocksOf('README.md')
  const [first = ''] = readme
  expect(first).toMatch(/^\/\/ orders\.test\.ts\n/)
  writeFileSync(`${folder}/orders.test.ts`, first)

  const shown = [...readme, ...blocksOf('docs/faults.md'), ...blocksOf('docs/people.md')]
  const recipes = shown.filter((code) => /endpoint: 'jwks', kind: 'hang'|\/userinfo`/.test(code))
  expect(recipes.length).toBe(3)
  const setUp = first.slice(0, first.indexOf('const api ='))
  recipes.forEach((code, n) => writeFileSync(`${folder}/recipe-${n}.test.ts`, asTest(setUp, code)))

  writeFileSync(`${folder}/vitest.config.ts`, configuration)
  const args = [`${root}node_modules/vitest/vitest.mjs`, 'run', '--root', folder, '--no-color']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  expect(`${stdout}${stderr}`).toContain('Tests  7 passed (7)')
  expect(status).toBe(0)
}, 60_000)

function blocksOf(document: string): readonly string[] {
  return [...readFileSync(documents + document, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
}

/** A recipe goes on from the first example, in a test of its own; what both import is imported once. */
function asTest(setUp: string, recipe: string): string {
  const own = recipe
    .split('\n')
    .filter((line) => !line.startsWith('import '))
    .join('\n')
  return `${setUp}\ntest('the recipe', async () => {\n${own}\n})\n`
}

const configuration = `
import { defineConfig } from 'vitest/config'
const conditions = ['@bailiwick/source', 'module', 'node', 'development|production']
export default defineConfig({ resolve: { conditions }, ssr: { resolve: { conditions } }, test: { include: ['*.test.ts'] } })
`
