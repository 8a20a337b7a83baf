import { existsSync, readFileSync } from 'node:fs'
import type { ReadTests } from './faults.js'
import { type TestTitle, testTitles } from './test-titles.js'

const root = new URL('../../', import.meta.url)

/** Reads the tests of files of the repository, each file once. */
export function createTestReader(): ReadTests {
  const read = new Map<string, readonly TestTitle[] | undefined>()
  return (file) => {
    const url = new URL(file, root)
    if (!read.has(file)) read.set(file, existsSync(url) ? testTitles(readFileSync(url, 'utf8')) : undefined)
    return read.get(file)
  }
}
