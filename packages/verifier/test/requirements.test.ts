import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { requirements } from './requirements.js'
import { faultsOf } from './requirements/faults.js'
import { type TestTitle, testTitles } from './requirements/test-titles.js'

const root = new URL('../../../', import.meta.url)
const read = new Map<string, readonly TestTitle[] | undefined>()

function readTests(file: string): readonly TestTitle[] | undefined {
  if (!read.has(file)) {
    const path = fileURLToPath(new URL(file, root))
    read.set(file, existsSync(path) ? testTitles(readFileSync(path, 'utf8')) : undefined)
  }
  return read.get(file)
}

describe('the requirements of the RFCs', () => {
  it('are all there, and those that bind an API are each held by tests that run', () => {
    expect(faultsOf(requirements, readTests)).toEqual([])
  })

  it('are kept to, save for what is known and said', () => {
    const exceptions = requirements.flatMap(({ rfc, requirements: ofRfc }) =>
      ofRfc.flatMap((one) => ('except' in one ? [`RFC ${rfc} §${one.section} ${one.id}`] : [])),
    )
    expect(exceptions).toEqual(['RFC 8725 §3.1 one-algorithm-a-key'])
  })
})
