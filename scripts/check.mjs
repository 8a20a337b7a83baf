import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { changesets } from './checks/changesets.mjs'
import { fileLength } from './checks/file-length.mjs'
import { packageFiles } from './checks/package-files.mjs'
import { attw, publint } from './checks/tarballs.mjs'
import { trackedText } from './checks/tracked-text.mjs'
import { pnpm } from './pnpm.mjs'
import { run } from './run.mjs'

const tool = (path, ...args) => run(process.execPath, [`node_modules/${path}`, ...args], { capture: true })

/**
 * Every check: a name, and work that resolves with an exit code and what is to be read when it is not 0.
 * A `note` is printed even when the check passes.
 */
const checks = {
  'build, each package alone': () => pnpm(['--filter', './packages/*', 'run', 'build'], { capture: true }),
  types: () => tool('typescript/bin/tsc', '-p', 'tsconfig.json'),
  lint: () => tool('oxlint/bin/oxlint'),
  format: () => tool('oxfmt/bin/oxfmt', '--check'),
  layers: () =>
    tool('dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs', 'packages', 'examples', 'tests', 'bench'),
  unused: () => tool('knip/bin/knip.js'),
  'exports, sizes, docstrings': () => tool('vitest/vitest.mjs', 'run', 'tests/package-shape', 'tests/layers'),
  'files of each package': packageFiles,
  'file length': fileLength,
  'tracked text': trackedText,
  changesets,
  publint,
  'types as resolved (attw)': attw,
}

const { values } = parseArgs({ options: { json: { type: 'string' } } })
const results = []
for (const [name, work] of Object.entries(checks)) {
  const started = performance.now()
  const { code, output, note } = await work()
  const seconds = (performance.now() - started) / 1000
  results.push({ name, passed: code === 0, seconds })
  if (code !== 0) console.log(`── ${name} ──\n${output.trim()}\n`)
  if (note) console.log(`── ${name}, a note ──\n${note.trim()}\n`)
}

const width = Math.max(...results.map(({ name }) => name.length))
for (const { name, passed, seconds } of results) {
  console.log(`${name.padEnd(width)}  ${passed ? 'passed' : 'FAILED'}  ${seconds.toFixed(1).padStart(5)} s`)
}
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results))
process.exit(results.every(({ passed }) => passed) ? 0 : 1)
