import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.mjs'
import { trackedFiles } from './tracked-files.mjs'

/** What must not be in the repository, since it is true on one machine only. */
const forbidden = {
  'the host name of a package registry':
    /\b(?:registry|npm|packages?|artifacts?|artifactory|nexus|verdaccio)\.[a-z0-9-]+\.(?:com|org|net|io|dev|local|internal)\b/i,
  'an absolute path of a workplace': /(?<![\w.:/@-])\/(?:home|Users|root|work|workspaces?)\/[\w.-]/,
}

/** No tracked file names a registry's host or a path that only one workplace has. */
export async function trackedText() {
  const findings = []
  for (const path of await trackedFiles()) {
    const text = readFileSync(join(root, path), 'utf8')
    if (text.includes('\0')) continue
    for (const [n, line] of text.split('\n').entries()) {
      for (const [what, pattern] of Object.entries(forbidden)) {
        const found = pattern.exec(line)
        if (found) findings.push(`${path}:${n + 1}: ${what}: ${found[0]}`)
      }
    }
  }
  return { code: findings.length === 0 ? 0 : 1, output: findings.join('\n') }
}
