import { defineConfig } from 'vitest/config'

const conditions = ['@bailiwick/source', 'module', 'node', 'development|production']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'tests/*/**/*.test.ts', 'examples/*/{src,test}/**/*.test.ts'],
    testTimeout: 20_000,
  },
})
