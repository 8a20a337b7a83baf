import { execFile } from 'node:child_process'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { planted } from './planted.js'
import { writeScratchWorkspace } from './scratch-workspace.js'

interface Violation {
  rule: string
  from: string
  to: string
}

const config = fileURLToPath(new URL('../../.dependency-cruiser.cjs', import.meta.url))
const require = createRequire(import.meta.url)
const cruiser = fileURLToPath(new URL('../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url))
const folders: string[] = []

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

/** What the real configuration finds in a scratch workspace with these files added. */
async function violations(added: Record<string, string>): Promise<Violation[]> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'layers-')))
  folders.push(root)
  await writeScratchWorkspace(root, added)
  const args = [cruiser, 'packages', 'examples', '--config', config, '--output-type', 'json']
  // The reporter exits with 0 whatever it finds; what it found is in its output.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string; to: string }[] } }
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
}

test('a workspace that keeps to the architecture has no violation', async () => {
  expect(await violations({})).toEqual([])
})

test('every planted violation is found, in the planted file, under its own rule and no other', async () => {
  const found = await violations(Object.fromEntries(planted.map(({ file, code }) => [file, code])))
  const files = new Set(planted.map(({ file }) => file))
  const key = ({ rule, from, to }: Violation) => `${rule}: ${from} -> ${to}`
  expect(
    found
      .filter(({ from }) => files.has(from))
      .map(key)
      .sort(),
  ).toEqual(planted.map(({ rule, file, reaches }) => key({ rule, from: file, to: reaches })).sort())
})

test('every rule of the configuration has a planted violation', () => {
  const { forbidden } = require(config) as { forbidden: { name: string }[] }
  expect(forbidden.map(({ name }) => name).sort()).toEqual([...new Set(planted.map(({ rule }) => rule))].sort())
})
