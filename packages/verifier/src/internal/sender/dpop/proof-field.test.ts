import { describe, expect, it } from 'vitest'
import { requestWith } from '../../../../test/dpop-fixture.js'
import { verdict } from '../../../../test/verdict.js'
import { readProofField } from './proof-field.js'

describe('readProofField', () => {
  it('gives the value of the one field, however its name is spelt', () => {
    expect(readProofField(requestWith('a.b.c').headers)).toBe('a.b.c')
    expect(readProofField(new Headers({ dPOP: 'a.b.c' }))).toBe('a.b.c')
  })

  it.each([
    ['there is none', []],
    ['it is empty', ['']],
    ['there are two', ['a.b.c', 'd.e.f']],
    ['there are two that are the same', ['a.b.c', 'a.b.c']],
    ['one of two is empty', ['a.b.c', '']],
    ['one of them is a list', ['a.b.c,d.e.f']],
  ])('refuses the request when %s', (_, values) => {
    expect(verdict(() => readProofField(requestWith(values).headers))).toBe('dpop_proof_missing')
  })
})
