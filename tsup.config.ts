import { readFileSync, writeFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

/**
 * The one build configuration. Every package runs it from its own folder. Its entries are the sources that `exports` names under the
 * `@bailiwick/source` condition, `src/bin.ts` where it has a command, and those that its `imports` choose between, so an entry point is declared
 * once, in the manifest. The folder is emptied first; the types are written after.
 */
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string | Record<string, string>>
  bin?: Record<string, string>
  imports?: Record<string, { '@bailiwick/source': Record<string, string> }>
}

const exported = Object.values(manifest.exports).flatMap((target) => {
  const source = typeof target === 'object' ? target['@bailiwick/source'] : undefined
  return source === undefined ? [] : [source]
})
const command = manifest.bin === undefined ? [] : ['./src/bin.ts']

/** What the platform chooses between stays a file of its own. Where there is no choice, the package builds it. */
const choices = Object.values(manifest.imports ?? {}).map((target) => Object.values(target['@bailiwick/source']))
const chosen = choices.filter(({ length }) => length > 1).flat()

const entry = [...exported, ...command, ...chosen]

/** Bundlers drop the directive of a module, such as `'use client'`: it is put back, on the first line, so that source maps stay right. */
function keepDirectives(): void {
  for (const source of entry) {
    const [directive] = /^'use [a-z]+'/.exec(readFileSync(source, 'utf8')) ?? []
    if (directive === undefined) continue
    const built = source.replace('./src', 'dist').replace(/ts$/, 'js')
    writeFileSync(built, `${directive};${readFileSync(built, 'utf8')}`)
  }
}

export default defineConfig({
  entry,
  onSuccess: () => Promise.resolve(keepDirectives()),
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  external: [/^node:/, /^#/],
  // Workers, and bundlers for them, know the modules of Node by no other name.
  removeNodeProtocol: false,
  outDir: 'dist',
  clean: true,
  sourcemap: true,
  // The sources are beside them in the package.
  esbuildOptions(options) {
    options.sourcesContent = false
  },
  splitting: true,
  treeshake: true,
  dts: false,
})
