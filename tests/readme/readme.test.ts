import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** What a reader gets who pastes from the first page. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(`${root}README.md`, 'utf8')
// Below the folder of the tests, so that the packages are found; not tracked.
const folder = `${root}tests/.pasted`

beforeAll(() => mkdirSync(folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the README', () => {
  it('shows an API and a test that pass as pasted', () => {
    for (const [name, code] of namedBlocks()) writeFileSync(`${folder}/${name}`, code)
    writeFileSync(`${folder}/vitest.config.ts`, configuration)
    const vitest = `${root}node_modules/vitest/vitest.mjs`
    const { status, stdout, stderr } = run([vitest, 'run', '--root', folder, '--no-color'])
    expect(`${stdout}${stderr}`).toContain('Tests  2 passed (2)')
    expect(stderr).toContain('denied GET /accounts/42/orders the claim "account_nr" is not the path parameter "nr"')
    expect(status).toBe(0)
  }, 60_000)

  it('shows the table that the quickstart prints', () => {
    const quickstart = `${root}examples/quickstart/src/main.ts`
    const { status, stdout } = run(['--conditions=@bailiwick/source', '--import', 'tsx', quickstart, '--once'])
    const [shown = ''] = /^ {3}request {2}.*?as they should be\.$/ms.exec(readme) ?? []
    expect(shown.split('\n').length).toBeGreaterThan(10)
    // The second may turn between the making of a token and its use.
    const withoutSeconds = (text: string) => text.replace(/has expired: 6[01]/, 'has expired: 6x')
    expect(withoutSeconds(stdout)).toContain(withoutSeconds(shown))
    expect(status).toBe(0)
  }, 60_000)
})

/** The blocks that begin with the name of their file. */
function namedBlocks(): readonly (readonly [string, string])[] {
  const blocks = [...readme.matchAll(/^```ts\n\/\/ ([\w.]+\.ts)\n(.*?)^```$/gms)]
  expect(blocks.map(([, name]) => name)).toEqual(['contract.ts', 'api.ts', 'api.test.ts'])
  return blocks.map(([, name = '', code = '']) => [name, code] as const)
}

function run(args: readonly string[]) {
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
}

const configuration = `
import { defineConfig } from 'vitest/config'
const conditions = ['@bailiwick/source', 'module', 'node', 'development|production']
export default defineConfig({ resolve: { conditions }, ssr: { resolve: { conditions } }, test: { include: ['*.test.ts'] } })
`
