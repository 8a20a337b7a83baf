import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Runtime } from './runtimes.js'

const here = fileURLToPath(new URL('.', import.meta.url))
/** Beside what the tests have installed, where the packages are found as they were built. */
const cache = join(here, '../.cache/runtimes')

/** Writes the program of a runtime as one file to a folder of its own, and returns its path. The packages are those that were built. */
export async function bundleProgram({ name, bundlesPackages }: Runtime): Promise<string> {
  await mkdir(cache, { recursive: true })
  const outfile = join(await mkdtemp(join(cache, `${name}-`)), 'program.mjs')
  await build({
    entryPoints: [join(here, `entries/${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    logLevel: 'error',
    // As Wrangler, with which Workers are deployed, resolves packages.
    ...(bundlesPackages
      ? { platform: 'browser', conditions: ['workerd', 'worker'], external: ['node:*', '@bailiwick/client/loopback'] }
      : { platform: 'neutral', packages: 'external' }),
  })
  if (name === 'workerd') await writeFile(`${outfile}.capnp`, workerdConfiguration(basename(outfile)))
  return outfile
}

/** Outbound requests may go to loopback, where the issuer is. */
function workerdConfiguration(program: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .main), (name = "internet", network = (allow = ["public", "private"])) ],
  sockets = [ (name = "http", address = "127.0.0.1:0", http = (), service = "main") ],
);
const main :Workerd.Worker = (
  modules = [ (name = "main.mjs", esModule = embed "${program}") ],
  compatibilityDate = "2026-11-01",
  compatibilityFlags = ["nodejs_als"],
);
`
}
