import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../run.mjs'

/** The paths that Git tracks, or would with the next `git add`, and that are there. */
export async function trackedFiles() {
  const { code, output } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { capture: true })
  if (code !== 0) throw new Error(`git ls-files failed: ${output}`)
  return [...new Set(output.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)))
}
