import { protect as onExpress } from '@bailiwick/express'
import { protect as onFastify } from '@bailiwick/fastify'
import { defineContract } from '@bailiwick/guard'
import { protect as onHono } from '@bailiwick/hono'
import { protect as onKoa } from '@bailiwick/koa'
import { type AccessTokenVerifier, ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, test } from 'vitest'

const contract = defineContract({ audience: 'orders-api', scopes: { orders_read: { description: 'Read orders' } } })
const verifier: AccessTokenVerifier = { verify: () => Promise.reject(new Error('no request is made here')) }

/** By each framework: an API with these options besides, and how the framework is handed a refusal. */
const adapters = [
  { framework: 'Express', protect: (more: object = {}) => onExpress({ verifier, contract, ...more }), handed: 'next', foreign: 'throw' },
  { framework: 'Fastify', protect: (more: object = {}) => onFastify({ verifier, contract, ...more }), handed: 'throw', foreign: 'next' },
  { framework: 'Hono', protect: (more: object = {}) => onHono({ verifier, contract, ...more }), handed: 'throw', foreign: 'next' },
  { framework: 'Koa', protect: (more: object = {}) => onKoa({ verifier, contract, ...more }), handed: 'throw', foreign: 'next' },
]

describe.each(adapters)('an API on $framework', ({ protect, handed, foreign }) => {
  test('refuses a way to refuse that it does not know', () => {
    expect(() => protect({ refusals: foreign })).toThrow(new ConfigurationError(`refusals must be 'send' or '${handed}'.`))
  })

  test.each([
    ['refusal', 'refusals'],
    ['onEvents', 'onEvent'],
  ])('refuses the option %s, which does not exist, and names %s', (name, meant) => {
    expect(() => protect({ [name]: undefined })).toThrow(new ConfigurationError(`there is no option "${name}": did you mean ${meant}?`))
  })

  test('names the missing option when metadata is asked for without resource', () => {
    expect(() => protect().metadata()).toThrow(/^metadata\(\) needs the option resource/)
  })

  test('refuses a guard of another contract when it is mounted', () => {
    const other = defineContract({ audience: 'other-api', scopes: { other_read: { description: 'Read others' } } })
    expect(() => protect().guard(other.scope('other_read'))).toThrow(/another contract/)
  })
})
