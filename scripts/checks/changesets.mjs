import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../run.mjs'

const git = async (...args) => {
  const { code, output } = await run('git', args, { capture: true })
  return code === 0 ? output.trim() : undefined
}

/**
 * A package that was changed on a branch has a changeset that the branch added. On the base branch itself, every
 * pending changeset is read, so that one that names no package of the workspace is found.
 */
export async function changesets() {
  const { baseBranch } = JSON.parse(readFileSync(join(root, '.changeset/config.json'), 'utf8'))
  const head = await git('rev-parse', 'HEAD')
  for (const base of [baseBranch, `origin/${baseBranch}`]) {
    const fork = await git('merge-base', 'HEAD', base)
    if (fork === undefined) continue
    const since = fork === head && base === baseBranch ? [] : ['--since', base]
    return run(process.execPath, ['node_modules/@changesets/cli/bin.js', 'status', ...since], { capture: true })
  }
  return {
    code: 1,
    output: `neither ${baseBranch} nor origin/${baseBranch} is in this clone: fetch it, so that there is something to compare with`,
  }
}
