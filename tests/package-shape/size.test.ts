import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { entryPoints, root } from './entry-points.js'

/**
 * What a consumer downloads or loads for an entry point: all of it, minified and gzipped, with everything that it
 * imports but Node and the framework that it adapts. Budgets are about a tenth above what was measured when they were set.
 */
const budgets: Record<string, { maxGzipBytes: number; reachesBrowsers: boolean }> = {
  '@bailiwick/protocol': { maxGzipBytes: 13_400, reachesBrowsers: true },
  '@bailiwick/verifier': { maxGzipBytes: 57_000, reachesBrowsers: true },
  '@bailiwick/guard': { maxGzipBytes: 13_500, reachesBrowsers: true },
  '@bailiwick/express': { maxGzipBytes: 10_200, reachesBrowsers: false },
  '@bailiwick/koa': { maxGzipBytes: 10_200, reachesBrowsers: false },
  '@bailiwick/hono': { maxGzipBytes: 10_500, reachesBrowsers: true },
  '@bailiwick/fastify': { maxGzipBytes: 10_300, reachesBrowsers: false },
  '@bailiwick/client': { maxGzipBytes: 46_000, reachesBrowsers: true },
  // Both modes; what a page loads of one is held in packages/client.
  '@bailiwick/client/browser': { maxGzipBytes: 8_000, reachesBrowsers: true },
  '@bailiwick/client/browser/worker': { maxGzipBytes: 9_500, reachesBrowsers: true },
  '@bailiwick/client/loopback': { maxGzipBytes: 6_500, reachesBrowsers: false },
  '@bailiwick/client/react': { maxGzipBytes: 2_000, reachesBrowsers: true },
  '@bailiwick/mock-issuer': { maxGzipBytes: 106_000, reachesBrowsers: false },
  '@bailiwick/mock-issuer/testing': { maxGzipBytes: 4_200, reachesBrowsers: true },
  '@bailiwick/mock-issuer/vitest': { maxGzipBytes: 103_000, reachesBrowsers: false },
}

test('every entry point has a budget', () => {
  expect(Object.keys(budgets).toSorted()).toEqual(entryPoints.map(({ specifier }) => specifier).toSorted())
})

describe.each(entryPoints)('$specifier', ({ specifier, source }) => {
  test('stays within its budget, and takes no full zod to a browser', async () => {
    const { maxGzipBytes, reachesBrowsers } = budgets[specifier]!
    const { gzipBytes, inputs } = await measure(source)
    expect(gzipBytes).toBeLessThanOrEqual(maxGzipBytes)
    if (reachesBrowsers) expect(inputs.filter((path) => /\/zod\/(index|v3|v4\/classic|v4\/index)/.test(path))).toEqual([])
  })
})

test('the measure counts what is imported, and sees a full zod', async () => {
  const small = await measureText("import * as z from 'zod/mini'; export const name = z.object({ name: z.string() })")
  const large = await measureText("import { z } from 'zod'; export const name = z.object({ name: z.string() })")
  expect(large.gzipBytes).toBeGreaterThan(2 * small.gzipBytes)
  expect(large.inputs.some((path) => path.includes('/zod/v4/classic/'))).toBe(true)
  expect(small.inputs.some((path) => path.includes('/zod/v4/classic/'))).toBe(false)
})

const measure = (source: string) => measureText(`export * from ${JSON.stringify(source)}`)

async function measureText(contents: string): Promise<{ gzipBytes: number; inputs: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    conditions: ['@bailiwick/source', 'import'],
    external: ['node:*', 'express', 'koa', 'hono', 'fastify', 'react', 'vitest'],
    logLevel: 'silent',
  })
  const text = outputFiles.map((file) => file.text).join('')
  return { gzipBytes: gzipSync(text, { level: 9 }).length, inputs: Object.keys(metafile.inputs) }
}
