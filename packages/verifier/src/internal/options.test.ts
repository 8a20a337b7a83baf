import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { checkNumber, checkOptionNames } from './options.js'

describe('the names of options', () => {
  it('are taken if they exist', () => {
    expect(() => checkOptionNames('cache', { maxBytes: 1 }, ['maxEntries', 'maxBytes'])).not.toThrow()
  })

  it('are refused if they do not, with those that do', () => {
    const check = () => checkOptionNames('cache', { maxByte: 1 }, ['maxEntries', 'maxBytes'])
    expect(check).toThrow(ConfigurationError)
    expect(check).toThrow('cache has no option "maxByte": it has maxEntries, maxBytes')
  })

  it.each([[undefined], [null], [0], [true], ['issuer'], [() => false], [['issuer']]])(
    'are not looked for in %o, which is no object',
    (options) => {
      const check = () => checkOptionNames('cache', options as never, ['maxEntries', 'maxBytes'])
      expect(check).toThrow(ConfigurationError)
      expect(check).toThrow('cache takes an object, with maxEntries, maxBytes')
    },
  )
})

describe('a number', () => {
  it.each([
    [Number.NaN, 'it is NaN'],
    ['5', 'it is 5'],
    [1n, 'it is 1'],
    [Object.create(null), 'it is an object'],
    [[], 'it is an object'],
  ])('is not %o', (value, message) => {
    const check = () => checkNumber('ttlMs', value as number, { min: 1 })
    expect(check).toThrow(ConfigurationError)
    expect(check).toThrow(`ttlMs must be a number, at least 1; ${message}`)
  })
})
