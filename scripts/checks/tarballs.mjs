import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pnpm } from '../pnpm.mjs'
import { run } from '../run.mjs'

/** Packs every package as it would be published and runs a tool of node_modules on each tarball. */
async function onEachTarball(tool, ...args) {
  const folder = mkdtempSync(join(tmpdir(), 'tarballs-'))
  try {
    const packed = await pnpm(['--filter', './packages/*', 'pack', '--pack-destination', folder], { capture: true })
    if (packed.code !== 0) return packed
    const results = []
    for (const file of readdirSync(folder)) {
      results.push(await run(process.execPath, [`node_modules/${tool}`, ...args, join(folder, file)], { capture: true }))
    }
    const failed = results.filter(({ code }) => code !== 0)
    if (results.length === 0) return { code: 1, output: 'no package was packed' }
    return { code: failed.length === 0 ? 0 : 1, output: failed.map(({ output }) => output).join('\n') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The manifest and the files agree, for every kind of consumer that publint knows. */
export const publint = () => onEachTarball('publint/src/cli.js', 'run', '--strict')

/** Types resolve to the file that belongs to the JavaScript. ESM only: how CommonJS would resolve does not count. */
export const attw = () => onEachTarball('@arethetypeswrong/cli/dist/index.js', '--profile', 'esm-only', '--no-emoji')
