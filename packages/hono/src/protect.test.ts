import { defineContract } from '@bailiwick/guard'
import { type AccessTokenVerifier, ConfigurationError } from '@bailiwick/protocol'
import { Hono } from 'hono'
import { every } from 'hono/combine'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { describe, expect, test } from 'vitest'
import { protect } from './protect.js'
import type { ProtectOptions } from './protection.js'
import { RefusalError } from './refusal-error.js'

const contract = defineContract({ audience: 'orders-api', scopes: { orders_read: { description: 'Read orders' } } })
const verifier: AccessTokenVerifier = {
  verify: async () => ({ issuer: 'https://login.example.com', expiresAt: 4_102_444_800, claims: { sub: 'john' } }),
}
const credentials = { headers: { authorization: 'Bearer abc' } }

describe('the option peer', () => {
  test('is named where peerOf is given, which does not exist', () => {
    const options = { verifier, contract, peerOf: undefined }
    expect(() => protect(options)).toThrow(new ConfigurationError('there is no option "peerOf": did you mean peer?'))
  })

  test('is refused where it is no function', () => {
    const options = { verifier, contract, peer: { address: '192.0.2.1' } } as unknown as ProtectOptions<unknown>
    expect(() => protect(options)).toThrow(new ConfigurationError('peer must be a function.'))
  })
})

describe('a request', () => {
  const api = protect({ verifier, contract })

  test('has no principal before something has authenticated it, and the error names the fix', async () => {
    let caught: unknown
    const app = new Hono().get('/', (c) => c.json(api.principal(c) ?? null))
    app.onError((error, c) => {
      caught = error
      return c.body(null, 500)
    })
    await app.request('/', credentials)
    expect(caught).toBeInstanceOf(ConfigurationError)
    expect(caught).toHaveProperty('message', expect.stringMatching(/needs authenticate\(\) or guard\(\) of the same protect\(\)/))
  })

  test('keeps its principal when a later middleware replaces the request', async () => {
    const app = new Hono().use(api.authenticate()).use(async (c, next) => {
      c.req.raw = new Request(c.req.raw)
      await next()
    })
    app.get('/', (c) => c.json(api.principal(c)?.sub))
    expect(await (await app.request('/', credentials)).json()).toBe('john')
  })

  test('is refused within what other middleware has set', async () => {
    const app = new Hono().use(secureHeaders()).use(async (c, next) => {
      c.header('x-request-id', '7')
      await next()
    })
    app.get('/', every(api.authenticate(), api.guard(contract.scope('orders_read'))), (c) => c.body(null))
    const response = await app.request('/')
    expect([response.status, response.headers.get('x-request-id')]).toEqual([401, '7'])
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  test('is refused with an exception of Hono that holds the code and the answer, and nothing private', async () => {
    let caught: unknown
    const app = new Hono().get('/', protect({ verifier, contract, refusals: 'throw' }).guard(contract.scope('orders_read')))
    app.onError((error) => {
      caught = error
      return (error as RefusalError).getResponse()
    })
    const response = await app.request('/', credentials)
    expect(caught).toBeInstanceOf(HTTPException)
    expect(caught).toBeInstanceOf(RefusalError)
    expect(caught).toMatchObject({
      name: 'RefusalError',
      code: 'insufficient_scope',
      status: 403,
      message: 'The access token lacks a scope that this operation needs.',
      cause: undefined,
    })
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="orders-api", error="insufficient_scope"/)
    expect(await response.json()).toEqual({
      error: 'insufficient_scope',
      error_description: 'The access token lacks a scope that this operation needs.',
    })
  })
})
