import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the workspace. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** One importable path of a package and the source that it is built from. */
export interface EntryPoint {
  /** The folder's name under `packages/`. */
  folder: string
  /** What a consumer imports. */
  specifier: string
  /** The absolute path of the source. */
  source: string
}

interface Manifest {
  name: string
  exports: Record<string, string | Record<string, string>>
}

/** The folders of all packages. */
export const packageFolders = readdirSync(join(root, 'packages'))

/** Every entry point of every package, as the manifests name them under the `@bailiwick/source` condition. */
export const entryPoints: readonly EntryPoint[] = packageFolders.flatMap((folder) => {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')) as Manifest
  return Object.entries(exports).flatMap(([path, target]) => {
    const source = typeof target === 'object' ? target['@bailiwick/source'] : undefined
    return source === undefined ? [] : [{ folder, specifier: posix.join(name, path), source: join(root, 'packages', folder, source) }]
  })
})
