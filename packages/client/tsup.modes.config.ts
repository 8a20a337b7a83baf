import { defineConfig } from 'tsup'

/**
 * Each mode of the browser client is built as one file, with a copy of what both need: a page downloads one of the two, and a file that they had in
 * common would be a download of its own. It goes beside what `tsup.config.ts` of the root has built.
 */
export default defineConfig({
  entry: ['./src/browser/token-handler-mode.ts', './src/browser/tokens-mode.ts'],
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  outDir: 'dist/browser',
  sourcemap: true,
  splitting: false,
  treeshake: true,
  dts: false,
})
