import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** What a page downloads to work in one mode: the entry, the mode that it imports, what they share, and the worker. */
async function measure(mode: string, workers: readonly string[]): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: "export * from '@bailiwick/client/browser'", resolveDir: import.meta.dirname },
    entryNames: 'entry',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/',
    absWorkingDir: '/',
    conditions: ['@bailiwick/source', 'import'],
  })
  const loaded = new Set<string>()
  const load = (path: string) => {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' || next.includes(mode)) load(next)
    }
  }
  load(Object.keys(metafile.outputs).find((path) => path.endsWith('entry.js')) ?? '')
  expect([...loaded].filter((path) => path.includes('-mode-'))).toHaveLength(1)
  const texts = outputFiles.filter(({ path }) => [...loaded].some((name) => path.endsWith(name))).map(({ text }) => text)
  expect(texts).toHaveLength(loaded.size)
  for (const worker of workers) texts.push(await bundled(worker))
  return texts.map((text) => gzipSync(text, { level: 9 }).length).reduce((sum, bytes) => sum + bytes, 0)
}

async function bundled(specifier: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import '${specifier}'`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@bailiwick/source', 'import'],
  })
  return outputFiles.map(({ text }) => text).join('')
}

test('a page in the mode tokens downloads at most 12 kB, its worker included', async () => {
  const bytes = await measure('tokens-mode', ['@bailiwick/client/browser/worker'])
  expect(bytes).toBeLessThanOrEqual(12_000)
  // The measure sees the worker and the mode.
  expect(bytes).toBeGreaterThan(10_000)
})

test('a page in the mode token-handler downloads at most 3 kB', async () => {
  expect(await measure('token-handler-mode', [])).toBeLessThanOrEqual(3000)
})
