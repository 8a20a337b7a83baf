import { describe, expect, test } from 'vitest'
import { exceptionsOf, faultsOf } from '../../../tests/requirements/faults.js'
import { createTestReader } from '../../../tests/requirements/test-reader.js'
import { requirements } from './requirements.js'

describe('the requirements of the RFCs', () => {
  test('are all there, and those that bind a client are each held by tests that run', () => {
    expect(faultsOf(requirements, createTestReader())).toEqual([])
  })

  test('are kept to, save for what is known and said', () => {
    expect(exceptionsOf(requirements)).toEqual([
      'RFC 8252 §7.3 both-protocols',
      'RFC 9207 §2.4 unannounced',
      'RFC 10017 §8.2 no-storage-of-worker',
    ])
  })
})
