import { existsSync } from 'node:fs'
import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root } from '../package-shape/entry-points.js'
import type { Tarball } from './tarballs.js'

/**
 * A project that has the packed packages installed the way pnpm installs: every package sees what its own manifest
 * asks for and nothing else. Third-party packages are linked from the workspace, so that no registry is needed.
 */
export interface IsolatedProject {
  /** The project's own dependencies besides the packed packages: the name it imports, and the name in the workspace. */
  dependencies: Record<string, string>
  /** Whether files of the project are ES modules unless their name says otherwise. */
  type: 'module' | 'commonjs'
}

/** Writes the project's manifest and `node_modules` to an empty folder. */
export async function writeProject(folder: string, tarballs: readonly Tarball[], { dependencies, type }: IsolatedProject): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type }))
  const modules = join(folder, 'node_modules')
  const storeOf = (name: string) => join(modules, '.store', name.replace('/', '+'), 'node_modules')

  for (const [name, alias] of Object.entries(dependencies)) await link(await workspacePackage('tests', alias), join(modules, name))
  for (const { manifest, unpacked, folder: source } of tarballs) {
    const store = storeOf(manifest.name)
    await cp(unpacked, join(store, manifest.name), { recursive: true })
    await link(join(store, manifest.name), join(modules, manifest.name))
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const sibling = tarballs.some((tarball) => tarball.manifest.name === name)
      await link(sibling ? join(storeOf(name), name) : await workspacePackage(`packages/${source}`, name), join(store, name))
    }
    // A peer is what the project has installed, or nothing.
    for (const name of Object.keys(manifest.peerDependencies ?? {})) {
      const alias = dependencies[name]
      if (alias !== undefined) await link(await workspacePackage('tests', alias), join(store, name))
    }
  }
}

/** Where a package of the registry is installed for a part of the workspace. */
async function workspacePackage(importer: string, name: string): Promise<string> {
  const path = [importer, '.'].map((from) => join(root, from, 'node_modules', name)).find((candidate) => existsSync(candidate))
  if (path === undefined) throw new Error(`${importer} has no ${name} installed`)
  return realpath(path)
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await symlink(target, path, 'junction')
}
