import { describe, expect, it } from 'vitest'
import { exceptionsOf, faultsOf } from '../../../tests/requirements/faults.js'
import { createTestReader } from '../../../tests/requirements/test-reader.js'
import { requirements } from './requirements.js'

describe('the requirements of the RFCs', () => {
  it('are all there, and those that bind an API are each held by tests that run', () => {
    expect(faultsOf(requirements, createTestReader())).toEqual([])
  })

  it('are kept to, save for what is known and said', () => {
    expect(exceptionsOf(requirements)).toEqual(['RFC 8725 §3.1 one-algorithm-a-key', 'RFC 8725 §3.12 kinds-exclude-each-other'])
  })
})
