import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { silentlyThrowing, undocumented, undocumentedOptions } from './docstrings.js'
import { packageFolders } from './entry-points.js'
import { readPublicSurface } from './public-surface.js'

const { checker, symbols } = readPublicSurface()

describe.each(packageFolders)('%s', (folder) => {
  const exported = symbols.filter(({ entry }) => entry.folder === folder)

  test('says of every exported name, in a sentence at least, what it is', () => {
    expect(undocumented(exported)).toEqual([])
  })

  test('says of every member of an exported options object what it is', () => {
    expect(undocumentedOptions(exported)).toEqual([])
  })

  test('names under @throws what an exported function itself throws', () => {
    expect(silentlyThrowing(checker, exported)).toEqual([])
  })
})

test('what lacks a docstring is found, and what has one is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docstrings-'))
  const source = join(folder, 'packages/planted/src/index.ts')
  await mkdir(dirname(source), { recursive: true })
  await writeFile(
    source,
    `/** What it is, and why. */
export function documented(): void { try { fail() } catch {} }
/** Says nothing of what it throws. */
export function silent(): void { fail() }
/** Says it.
 * @throws {Error} always */
export function loud(): void { fail() }
export const bare = 1
/** Word */
export type Word = 1
/** What a planted thing takes. */
export interface PlantedOptions {
  /** How long it lives, in milliseconds. */
  ttlMs: number
  unsaid: number
}
function fail(): never { throw new Error('x') }
`,
  )
  const planted = readPublicSurface([{ folder: 'planted', specifier: '@bailiwick/planted', source }])
  await rm(folder, { recursive: true })
  expect(undocumented(planted.symbols)).toEqual([
    'bare: packages/planted/src/index.ts:8: bare = 1',
    'Word: packages/planted/src/index.ts:10: export type Word = 1',
  ])
  expect(undocumentedOptions(planted.symbols)).toEqual(['packages/planted/src/index.ts:15: unsaid: number'])
  expect(silentlyThrowing(planted.checker, planted.symbols)).toEqual([
    'silent: packages/planted/src/index.ts:4: export function silent(): void { fail() }',
  ])
})
