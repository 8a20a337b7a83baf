import { describe, expect, it } from 'vitest'
import { BailiwickError, ConfigurationError } from './error.js'

class TeapotError extends BailiwickError<'short' | 'stout'> {}

describe('BailiwickError', () => {
  it('carries code, message, cause and the name of its class', () => {
    const cause = new Error('inner')
    const error = new TeapotError('short', 'The pot is short.', { cause })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'TeapotError', code: 'short', message: 'The pot is short.', cause })
  })

  it('has no cause member when it was given none', () => {
    expect(Object.hasOwn(new TeapotError('stout', ''), 'cause')).toBe(false)
  })
})

describe('ConfigurationError', () => {
  it('has one code', () => {
    expect(new ConfigurationError('maxBytes must be positive')).toMatchObject({ code: 'configuration_invalid', name: 'ConfigurationError' })
  })
})
