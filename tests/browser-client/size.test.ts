import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/**
 * What an app bundles of the browser client: the name of each file without its hash, and its size, minified and gzipped. As it is published, which is
 * as it was built last (`pnpm run build`): of the sources, less gets into a bundle than of one file that they were built to.
 */
async function bundle(contents: string, splitting: boolean) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    entryNames: 'entry',
    bundle: true,
    splitting,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/',
    absWorkingDir: '/',
    conditions: ['import'],
  })
  return Object.entries(metafile.outputs).map(([path, { imports }]) => {
    const text = outputFiles.find((file) => file.path.endsWith(path))?.text ?? ''
    return { path, imports, bytes: gzipSync(text, { level: 9 }).length }
  })
}

/**
 * What a page downloads in one mode: when it starts, and with all that is loaded when it is needed. A file is followed to what it imports; of the
 * two modes, to its own.
 */
async function measure(mode: 'tokens-mode' | 'token-handler-mode') {
  const files = await bundle("export * from '@bailiwick/client/browser'", true)
  function load(path: string, isNeeded: (path: string, kind: string) => boolean, loaded = new Set<string>()): Set<string> {
    loaded.add(path)
    for (const { path: next, kind } of files.find((file) => file.path === path)?.imports ?? []) {
      const isOtherMode = next.includes('-mode-') && !next.includes(`/${mode}-`) && !next.startsWith(`${mode}-`)
      if (!loaded.has(next) && !isOtherMode && isNeeded(next, kind)) load(next, isNeeded, loaded)
    }
    return loaded
  }
  const entry = files.find(({ path }) => path.endsWith('entry.js'))?.path ?? ''
  const atStart = load(entry, (path, kind) => kind === 'import-statement' || path.includes(mode))
  const inAll = load(entry, () => true)
  for (const loaded of [atStart, inAll]) expect([...loaded].filter((path) => path.includes('-mode-'))).toHaveLength(1)
  const sum = (paths: Set<string>) => files.reduce((bytes, file) => bytes + (paths.has(file.path) ? file.bytes : 0), 0)
  return { bytesAtStart: sum(atStart), bytesInAll: sum(inAll) }
}

test('a page in the mode tokens downloads at most 11 kB, its worker included', async () => {
  const [worker] = await bundle("import '@bailiwick/client/browser/worker'", false)
  const bytes = (await measure('tokens-mode')).bytesInAll + (worker?.bytes ?? 0)
  expect(bytes).toBeLessThanOrEqual(11_000)
  // The measure sees the worker and the mode.
  expect(bytes).toBeGreaterThan(9000)
})

test('a page in the mode token-handler downloads at most 3 kB when it starts, and 4.25 kB with what a login needs', async () => {
  const { bytesAtStart, bytesInAll } = await measure('token-handler-mode')
  expect(bytesAtStart).toBeLessThanOrEqual(3000)
  expect(bytesInAll).toBeLessThanOrEqual(4250)
  // The measure sees what is loaded for a login.
  expect(bytesInAll - bytesAtStart).toBeGreaterThan(800)
})
