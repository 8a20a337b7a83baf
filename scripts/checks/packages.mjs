import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.mjs'

/** The packages of the workspace that are published: folder and manifest. */
export function packages() {
  return readdirSync(join(root, 'packages'))
    .map((name) => ({ folder: join('packages', name), manifestPath: join(root, 'packages', name, 'package.json') }))
    .filter(({ manifestPath }) => existsSync(manifestPath))
    .map(({ folder, manifestPath }) => ({ folder, manifest: JSON.parse(readFileSync(manifestPath, 'utf8')) }))
    .filter(({ manifest }) => manifest.private !== true)
}
