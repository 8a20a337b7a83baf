import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../package-shape/entry-points.js'

/** What a script printed; that it failed is seen from that. */
export function runNode(cwd: string, ...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
}

/** The settings of a strict API on Node: no DOM, and the declarations of what it depends on are checked too. */
export function writeTsconfig(project: string, resolution: 'nodenext' | 'bundler'): Promise<void> {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023'],
    types: ['node'],
    skipLibCheck: false,
    strict: true,
    noEmit: true,
    module: resolution === 'bundler' ? 'esnext' : 'nodenext',
    moduleResolution: resolution,
  }
  return writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
}

/** Every complaint of a compiler that the workspace has installed, by the name it is installed under. */
export async function compile(project: string, compiler: string): Promise<string[]> {
  const output = await runNode(project, join(root, 'node_modules', compiler, 'bin/tsc'), '--pretty', 'false')
  return output.split(/\n(?! )/).filter((line) => line !== '')
}
