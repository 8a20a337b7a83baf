import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What runs a program. */
export interface Runtime {
  readonly name: 'node' | 'bun' | 'deno' | 'workerd'
  readonly command: string
  /** What starts the program that was bundled to a path. */
  arguments(program: string): readonly string[]
  /** Whether packages are bundled into the program, as those who deploy there do, for want of a `node_modules`. */
  readonly bundlesPackages: boolean
}

const installed = (name: string) => fileURLToPath(new URL(`installed/node_modules/.bin/${name}`, import.meta.url))

/** Node, and those that have to be installed beside it. */
export const runtimes: readonly Runtime[] = [
  { name: 'node', command: process.execPath, arguments: (program) => [program], bundlesPackages: false },
  { name: 'bun', command: installed('bun'), arguments: (program) => ['run', program], bundlesPackages: false },
  {
    name: 'deno',
    command: installed('deno'),
    arguments: (program) => ['run', '--no-lock', '--cached-only', '--allow-net=127.0.0.1', '--allow-env', '--allow-read', program],
    bundlesPackages: false,
  },
  {
    name: 'workerd',
    command: installed('workerd'),
    arguments: (program) => ['serve', '--control-fd=1', `${program}.capnp`],
    bundlesPackages: true,
  },
]

export function isInstalled({ command }: Runtime): boolean {
  return existsSync(command)
}
