import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packageFolders, root } from '../package-shape/entry-points.js'

const exec = promisify(execFile)

/** A package as it would be published. */
export interface Tarball {
  /** The folder's name under `packages/`. */
  folder: string
  manifest: Manifest
  /** Every file that it holds, sorted. */
  files: readonly string[]
  /** Where it is unpacked. */
  unpacked: string
}

export interface Manifest {
  name: string
  version: string
  exports: Record<string, unknown>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

/** Packs every package and unpacks it under the given folder. Packing takes what was built, so it has to be built. */
export async function packAll(folder: string): Promise<readonly Tarball[]> {
  await Promise.all(packageFolders.map(assertBuilt))
  const args = ['scripts/pnpm.mjs', '--filter', './packages/*', 'pack', '--pack-destination', folder]
  await exec(process.execPath, args, { cwd: root })
  return Promise.all(packageFolders.map((name) => unpack(folder, name)))
}

async function assertBuilt(folder: string): Promise<void> {
  const built = await stat(join(root, 'packages', folder, 'dist/index.d.ts')).catch(() => undefined)
  const entries = await readdir(join(root, 'packages', folder, 'src'), { withFileTypes: true, recursive: true })
  const sources = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
  const written = await Promise.all(sources.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).mtimeMs))
  if (built === undefined || built.mtimeMs < Math.max(...written)) {
    throw new Error(`packages/${folder} is not built, or was changed since: run "npm run build" before these tests`)
  }
}

async function unpack(destination: string, folder: string): Promise<Tarball> {
  const { name, version } = JSON.parse(await readFile(join(root, 'packages', folder, 'package.json'), 'utf8')) as Manifest
  const archive = join(destination, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
  const target = join(destination, folder)
  await mkdir(target)
  await exec('tar', ['-xzf', archive, '-C', target])
  const { stdout } = await exec('tar', ['-tzf', archive])
  const unpacked = join(target, 'package')
  const manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as Manifest
  const files = stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
  return { folder, manifest, files: files.toSorted(), unpacked }
}
