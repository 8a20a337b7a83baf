import { defineContract } from '@bailiwick/guard'
import { type AccessTokenVerifier, ConfigurationError } from '@bailiwick/protocol'
import Fastify from 'fastify'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { GuardedReplyLike, GuardedRequestLike } from './guarded-route.js'
import { protect } from './protect.js'
import { RefusalError } from './refusal-error.js'

const contract = defineContract({
  audience: 'orders-api',
  claims: z.object({ account_nr: z.string().default('42') }),
  scopes: { orders_read: { description: 'Read orders' } },
})
const verifier: AccessTokenVerifier = {
  verify: async () => ({ issuer: 'https://login.example.com', expiresAt: 4_102_444_800, claims: { sub: 'john' } }),
}
const headers = { authorization: 'Bearer abc' }

describe('a request', () => {
  const api = protect({ verifier, contract })

  test('has no principal before something has authenticated it, and the error names the fix', async () => {
    const caught: unknown[] = []
    const app = Fastify().setErrorHandler(async (error) => void caught.push(error))
    app.get('/', async (request) => api.principal(request))
    await app.inject({ url: '/', headers })
    expect(caught).toEqual([expect.any(ConfigurationError)])
    expect(caught[0]).toHaveProperty('message', expect.stringMatching(/needs authenticate\(\) or guard\(\) of the same protect\(\)/))
  })

  test('is refused before its body is read', async () => {
    const app = Fastify()
    app.post('/', { onRequest: api.guard() }, async () => 'ok')
    const send = (fields: Record<string, string>) =>
      app.inject({ method: 'POST', url: '/', payload: '{', headers: { 'content-type': 'application/json', ...fields } })
    expect([(await send({})).statusCode, (await send(headers)).statusCode]).toEqual([401, 400])
  })

  test('is taken with the headers that an earlier hook has given it', async () => {
    const app = Fastify().addHook('onRequest', async (request) => {
      request.headers.authorization = `Bearer ${request.headers['x-token']?.toString()}`
    })
    app.get('/', { onRequest: api.guard() }, async (request) => api.principal(request).sub)
    expect((await app.inject({ url: '/', headers: { 'x-token': 'abc' } })).body).toBe('john')
  })

  test('comes with its peer, for verifiers that ask who is connected', async () => {
    const addresses: unknown[] = []
    const asking: AccessTokenVerifier = {
      verify: (token, presentation) => {
        addresses.push(presentation?.request.peer?.address)
        return verifier.verify(token, presentation)
      },
    }
    const app = Fastify()
    app.get('/', { onRequest: protect({ verifier: asking, contract }).guard() }, async () => 'ok')
    await app.inject({ url: '/', headers, remoteAddress: '192.0.2.7' })
    expect(addresses).toEqual(['192.0.2.7'])
  })

  test('is reported with the path that was asked for, whatever the application makes of it', async () => {
    const paths: string[] = []
    const own = protect({ verifier, contract, onEvent: ({ path }) => paths.push(path) })
    const app = Fastify({ rewriteUrl: () => '/v2/orders' })
    await app.register(async (plugin) => plugin.get('/orders', { onRequest: own.guard() }, async () => 'ok'), { prefix: '/v2' })
    expect((await app.inject({ url: '/v1/orders?a=b', headers })).body).toBe('ok')
    expect(paths).toEqual(['/v1/orders', '/v1/orders'])
  })

  test('is compared by what stands in its path, and not by what a schema has made of that', async () => {
    const app = Fastify()
    const schema = { params: { type: 'object', properties: { nr: { type: 'integer' } } } }
    const own = api.guard(contract.claim('account_nr').equalsParam('nr'))
    app.get('/early/:nr', { onRequest: own, schema }, async ({ params }) => params)
    app.get('/late/:nr', { preHandler: own, schema }, async ({ params }) => params)
    const ask = async (url: string) => (await app.inject({ url, headers })).statusCode
    expect([await ask('/early/42'), await ask('/early/042'), await ask('/late/42')]).toEqual([200, 403, 403])
  })
})

describe('a plugin', () => {
  const api = protect({ verifier, contract })

  test('guards its own routes, and not those beside it', async () => {
    const app = Fastify()
    await app.register(async (plugin) => {
      plugin.addHook('onRequest', api.guard())
      plugin.get('/inside', async (request) => api.principal(request)?.sub)
    })
    app.get('/beside', async () => 'open')
    const inside = await app.inject({ url: '/inside', headers })
    const statuses = [(await app.inject('/inside')).statusCode, (await app.inject('/beside')).statusCode]
    expect([inside.body, ...statuses]).toEqual(['john', 401, 200])
  })

  test('guards what it has no route for once it has a 404 handler of its own, and so does the root', async () => {
    const app = Fastify()
    for (const prefix of ['/with', '/without']) {
      await app.register(
        async (plugin) => {
          plugin.addHook('onRequest', api.guard())
          if (prefix === '/with') plugin.setNotFoundHandler(async (_request, reply) => reply.code(404).send())
        },
        { prefix },
      )
    }
    const root = Fastify().addHook('onRequest', api.guard())
    const answers = [await app.inject('/with/x'), await app.inject('/without/x'), await root.inject('/x')]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 404, 401])
    expect((await root.inject({ url: '/x', headers })).statusCode).toBe(404)
  })
})

describe('a refusal', () => {
  const deny = contract.scope('orders_read')
  const expected = { error: 'insufficient_scope', error_description: 'The access token lacks a scope that this operation needs.' }

  test('is sent as it is, whatever response schema or error handler the route has', async () => {
    const errorHandler = vi.fn()
    const app = Fastify().setErrorHandler(errorHandler)
    const schema = { response: { '4xx': { type: 'object', properties: { message: { type: 'number' } }, required: ['message'] } } }
    app.get('/', { onRequest: protect({ verifier, contract }).guard(deny), schema }, async () => 'ok')
    const response = await app.inject({ url: '/', headers })
    expect([response.statusCode, response.json()]).toEqual([403, expected])
    expect(response.headers).toMatchObject({ 'cache-control': 'no-store', 'www-authenticate': expect.stringMatching(/^Bearer realm=/) })
    expect(errorHandler).not.toHaveBeenCalled()
  })

  test('is thrown as an error that holds the answer, and nothing private', async () => {
    let caught: unknown
    const app = Fastify().setErrorHandler(async (error) => void (caught = error))
    app.get('/', { onRequest: protect({ verifier, contract, refusals: 'throw' }).guard(deny) }, async () => 'ok')
    await app.inject({ url: '/', headers })
    expect(caught).toBeInstanceOf(RefusalError)
    expect(caught).toMatchObject({
      code: 'insufficient_scope',
      statusCode: 403,
      message: expected.error_description,
      stack: `RefusalError: ${expected.error_description}`,
      headers: { 'Cache-Control': 'no-store', 'WWW-Authenticate': expect.stringMatching(/^Bearer realm="orders-api", error=/) },
      body: expected,
    })
    expect(Object.keys(caught as object).toSorted()).toEqual(['body', 'code', 'headers', 'name', 'statusCode'])
  })

  test('keeps the route shut while a hook holds it back, although the client is gone', async () => {
    const handler = vi.fn(async () => 'ok')
    let release = () => {}
    let closed: Promise<unknown> | undefined
    const app = Fastify().addHook('onSend', (request, reply) => {
      closed ??= new Promise((resolve) => reply.raw.once('close', resolve))
      request.raw.socket.destroy()
      return new Promise<void>((resolve) => (release = resolve))
    })
    app.get('/', { onRequest: protect({ verifier, contract }).guard(deny) }, handler)
    const url = await app.listen({ host: '127.0.0.1', port: 0 })

    await expect(fetch(url, { headers })).rejects.toThrow('fetch failed')
    await closed
    await new Promise((resolve) => setImmediate(resolve))
    expect(handler).not.toHaveBeenCalled()
    release()
    await app.close()
  })
})

test('hands a fault that nobody expected to the error handler', async () => {
  const fault = new Error('no headers')
  const request = {
    raw: { method: 'GET' },
    get headers(): never {
      throw fault
    },
  }
  const reply: GuardedReplyLike = { sent: false, raw: { headersSent: false }, code: vi.fn(), headers: vi.fn(), send: vi.fn() }
  const done = vi.fn()
  protect({ verifier, contract }).guard()(request as unknown as GuardedRequestLike<never>, reply, done)
  await expect.poll(() => done.mock.calls).toEqual([[fault]])
})
