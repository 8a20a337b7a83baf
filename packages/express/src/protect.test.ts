import { defineContract } from '@bailiwick/guard'
import { type AccessTokenVerifier, type NodeRequestLike } from '@bailiwick/protocol'
import { describe, expect, test, vi } from 'vitest'
import type { GuardedResponse, GuardHandler } from './guard-handler.js'
import { protect } from './protect.js'
import { RefusalError } from './refusal-error.js'

const contract = defineContract({ audience: 'orders-api', scopes: { orders_read: { description: 'Read orders' } } })
const verifier: AccessTokenVerifier = {
  verify: async () => ({ issuer: 'https://login.example.com', expiresAt: 4_102_444_800, claims: { sub: 'john' } }),
}

describe('a request', () => {
  const request = { method: 'GET', url: '/', headers: { authorization: 'Bearer abc' } }

  test('has no principal before something has authenticated it, and the error names the fix', () => {
    expect(() => protect({ verifier, contract }).principal(request)).toThrow(/needs authenticate\(\) or guard\(\) of the same protect\(\)/)
  })

  test('has its principal once it was authenticated', async () => {
    const api = protect({ verifier, contract })
    expect(await passedOn(api.authenticate(), request)).toBeUndefined()
    expect(api.principal(request)).toMatchObject({ sub: 'john' })
  })

  test('hands a fault that nobody expected to next, and rejects nothing', async () => {
    const fault = new Error('no headers')
    const broken = {
      method: 'GET',
      url: '/',
      get headers(): never {
        throw fault
      },
    }
    const api = protect({ verifier, contract })
    expect(await passedOn(api.guard(), broken)).toBe(fault)
    expect(await passedOn(api.authenticate({ optional: true }), broken)).toBe(fault)
  })

  test.each(['send', 'next'] as const)('leaves what next throws to whoever called, and does not go on twice (%s)', async (refusals) => {
    const fault = new Error('the handler failed')
    const next = vi.fn(() => {
      throw fault
    })
    const api = protect({ verifier, contract, refusals })
    const guards = refusals === 'send' ? [] : [contract.scope('orders_read')]
    await expect(api.guard(...guards)(request, { locals: {} } as unknown as GuardedResponse<never>, next)).rejects.toBe(fault)
    expect(next).toHaveBeenCalledTimes(1)
  })

  test('hands an answer that cannot be sent to next', async () => {
    const fault = new Error('headers are too large')
    const response = {
      headersSent: false,
      status(): never {
        throw fault
      },
    }
    const next = vi.fn()
    const api = protect({ verifier, contract })
    await api.guard(contract.scope('orders_read'))(request, response as unknown as GuardedResponse<never>, next)
    expect(next.mock.calls).toEqual([[fault]])
  })

  test('is let pass without its next nonce, where somebody has begun to answer', async () => {
    const senderConstraint = { required: false, mtls: false, dpop: { algorithms: ['ES256'], nonce: () => 'next' } }
    const set = vi.fn()
    const next = vi.fn()
    for (const headersSent of [true, false]) {
      const response = { headersSent, set, locals: {} } as unknown as GuardedResponse<never>
      const underDpop = { method: 'GET', url: '/', headers: { authorization: 'DPoP abc' } }
      await protect({ verifier: { ...verifier, senderConstraint }, contract }).guard()(underDpop, response, next)
    }
    expect(next.mock.calls).toEqual([[], []])
    expect(set.mock.calls).toEqual([[{ 'DPoP-Nonce': 'next', 'Cache-Control': 'no-store' }]])
  })

  test('is refused with an error that holds all that Express needs, and nothing private', async () => {
    const api = protect({ verifier, contract, refusals: 'next' })
    const error = await passedOn(api.guard(contract.scope('orders_read')), request)
    expect(error).toBeInstanceOf(RefusalError)
    expect(error).toMatchObject({
      code: 'insufficient_scope',
      status: 403,
      expose: true,
      message: 'The access token lacks a scope that this operation needs.',
      stack: 'RefusalError: The access token lacks a scope that this operation needs.',
      headers: {
        'Cache-Control': 'no-store',
        'WWW-Authenticate': expect.stringMatching(/^Bearer realm="orders-api", error="insufficient_scope"/),
      },
      body: { error: 'insufficient_scope', error_description: 'The access token lacks a scope that this operation needs.' },
    })
    expect(Object.keys(error as object).sort()).toEqual(['body', 'code', 'expose', 'headers', 'name', 'status'])
  })
})

/** What the handler gives to `next`. */
async function passedOn(handler: GuardHandler<never>, request: NodeRequestLike): Promise<unknown> {
  const next = vi.fn()
  await handler(request, { locals: {} } as unknown as GuardedResponse<never>, next)
  expect(next).toHaveBeenCalledTimes(1)
  return next.mock.calls[0]?.[0]
}
