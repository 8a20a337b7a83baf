import { defineConfig } from 'vitest/config'

const conditions = ['@bailiwick/source', 'module', 'node', 'development|production']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'tests/[a-z]*/**/*.test.ts', 'examples/*/{src,test}/**/*.test.ts'],
    testTimeout: 20_000,
    // One process for many files takes less than half the time, and nothing here needs one to itself: time and network
    // are injected, and no package keeps state in a module.
    pool: 'forks',
    isolate: false,
  },
})
