import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requirements } from './requirements.js'
import { faultsOf } from './requirements/faults.js'
import { type TestTitle, testTitles } from './requirements/test-titles.js'

const root = new URL('../../../', import.meta.url)

test('the requirements of the RFCs are all there, and those that bind a client are each held by tests that run', () => {
  const read = new Map<string, readonly TestTitle[]>()
  const readTests = (file: string) => {
    const url = new URL(file, root)
    if (!read.has(file) && existsSync(url)) read.set(file, testTitles(readFileSync(url, 'utf8')))
    return read.get(file)
  }
  expect(faultsOf(requirements, readTests)).toEqual([])
})
