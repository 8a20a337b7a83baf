import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packageFolders, root } from '../package-shape/entry-points.js'

const exec = promisify(execFile)

/** A package as the registry would get it. */
export interface PublishedPackage {
  name: string
  /** Every path in its tarball. */
  files: ReadonlySet<string>
  /** The bytes of each of its pictures. */
  pictures: ReadonlyMap<string, number>
  /** The text of each of its Markdown files. */
  documents: ReadonlyMap<string, string>
  /** What can be imported, as specifiers, besides the package's name. */
  exports: readonly string[]
}

/** What packing would put into each tarball. Nothing is written, and nothing has to be built: `dist` is as full as it is. */
export async function listPublishedPackages(): Promise<readonly PublishedPackage[]> {
  const args = ['scripts/pnpm.mjs', '--filter', './packages/*', 'pack', '--dry-run', '--json']
  const { stdout } = await exec(process.execPath, args, { cwd: root, maxBuffer: 16_777_216 })
  const packed = JSON.parse(stdout) as readonly { name: string; files: readonly { path: string }[] }[]
  return Promise.all(
    packageFolders.map(async (folder) => {
      const read = (path: string) => readFile(join(root, 'packages', folder, path), 'utf8')
      const { name, exports } = JSON.parse(await read('package.json')) as { name: string; exports: Record<string, unknown> }
      const files = packed.find((each) => each.name === name)?.files.map(({ path }) => path) ?? []
      const documents = files.filter((path) => path.endsWith('.md'))
      const pictures = files.filter((path) => /\.(?:png|svg|jpe?g|gif|webp)$/.test(path))
      const sizeOf = async (path: string) => (await stat(join(root, 'packages', folder, path))).size
      return {
        name,
        files: new Set(files),
        pictures: new Map(await Promise.all(pictures.map(async (path) => [path, await sizeOf(path)] as const))),
        documents: new Map(await Promise.all(documents.map(async (path) => [path, await read(path)] as const))),
        exports: Object.keys(exports).map((path) => join(name, path)),
      }
    }),
  )
}
