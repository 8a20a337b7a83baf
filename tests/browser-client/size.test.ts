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

/** All that a page in one mode can ever download: a file is followed to what it imports, whether at once or when it is needed; of the two modes, to its own. */
async function measure(mode: 'tokens-mode' | 'token-handler-mode') {
  const files = await bundle("export * from '@bailiwick/client/browser'", true)
  const isOtherMode = (path: string) => path.includes('-mode-') && !path.includes(`${mode}-`)
  const loaded = new Set<string>()
  function load(path: string): void {
    loaded.add(path)
    const imports = files.find((file) => file.path === path)?.imports ?? []
    for (const { path: next } of imports) if (!loaded.has(next) && !isOtherMode(next)) load(next)
  }
  load(files.find(({ path }) => path.endsWith('entry.js'))?.path ?? '')
  // The measure sees the mode.
  expect([...loaded].filter((path) => path.includes('-mode-'))).toHaveLength(1)
  return files.reduce((bytes, file) => bytes + (loaded.has(file.path) ? file.bytes : 0), 0)
}

test('a page in the mode tokens downloads at most 11 kB, its worker included', async () => {
  const [worker] = await bundle("import '@bailiwick/client/browser/worker'", false)
  const bytes = (await measure('tokens-mode')) + (worker?.bytes ?? 0)
  expect(bytes).toBeLessThanOrEqual(11_000)
  // The measure sees the worker.
  expect(bytes).toBeGreaterThan(9000)
})

test('a page in the mode token-handler downloads at most 3 kB, logins, popups and logouts included', async () => {
  const bytes = await measure('token-handler-mode')
  expect(bytes).toBeLessThanOrEqual(3000)
  expect(bytes).toBeGreaterThan(2500)
})
