import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

/**
 * The one build configuration. Every package runs it from its own folder: the entries are the sources that
 * its `exports` (and `bin`) name under the `@bailiwick/source` condition, so an entry point is declared once.
 */
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string | Record<string, string>>
}

const entries = Object.values(manifest.exports).flatMap((target) => {
  const source = typeof target === 'object' ? target['@bailiwick/source'] : undefined
  return source === undefined ? [] : [source]
})

export default defineConfig({
  entry: entries,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  external: [/^node:/],
  outDir: 'dist',
  clean: ['dist/**/*.js', 'dist/**/*.js.map'],
  sourcemap: true,
  splitting: true,
  treeshake: true,
  dts: false,
})
