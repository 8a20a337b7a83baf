import { describe, expect, it } from 'vitest'
import { isSameConfirmation } from './same-confirmation.js'

describe('two values of cnf', () => {
  it.each<[unknown, unknown]>([
    [undefined, undefined],
    [{ jkt: 'A' }, { jkt: 'A' }],
    [
      { jkt: 'A', 'x5t#S256': 'B' },
      { 'x5t#S256': 'B', jkt: 'A' },
    ],
  ])('are the same: %j and %j', (one, other) => {
    expect([isSameConfirmation(one, other), isSameConfirmation(other, one)]).toEqual([true, true])
  })

  it.each<[unknown, unknown]>([
    [undefined, { jkt: 'A' }],
    [undefined, {}],
    [undefined, null],
    [null, null],
    ['A', 'A'],
    [['A'], ['A']],
    [{ jkt: 'A' }, { jkt: 'B' }],
    [{ jkt: 'A' }, { 'x5t#S256': 'A' }],
    [{ jkt: 'A' }, { jkt: 'A', 'x5t#S256': 'B' }],
    [{ jkt: { kid: 'A' } }, { jkt: { kid: 'A' } }],
    [{ toString: Object.prototype.toString }, { jkt: Object.prototype.toString }],
  ])('are not: %j and %j', (one, other) => {
    expect([isSameConfirmation(one, other), isSameConfirmation(other, one)]).toEqual([false, false])
  })
})
