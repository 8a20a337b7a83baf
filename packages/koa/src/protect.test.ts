import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { defineContract } from '@bailiwick/guard'
import { type AccessTokenVerifier, ConfigurationError } from '@bailiwick/protocol'
import Koa from 'koa'
import { describe, expect, test } from 'vitest'
import { protect } from './protect.js'

const contract = defineContract({ audience: 'orders-api', scopes: { orders_read: { description: 'Read orders' } } })
const verifier: AccessTokenVerifier = {
  verify: async () => ({ issuer: 'https://login.example.com', expiresAt: 4_102_444_800, claims: { sub: 'john' } }),
}

describe('a request', () => {
  test('is reported with the path that was asked for, whatever an application that mounts another makes of it', async () => {
    const paths: string[] = []
    const api = protect({ verifier, contract, onEvent: ({ path }) => paths.push(path) })
    await serve(async (ctx) => {
      ctx.path = '/users'
      await api.guard()(ctx, async () => {})
    })
    expect(paths).toEqual(['/', '/'])
  })

  test('has no principal before something has authenticated it, and the error names the fix', async () => {
    const { caught } = await serve((ctx) => protect({ verifier, contract }).principal(ctx))
    expect(caught).toBeInstanceOf(ConfigurationError)
    expect(caught).toHaveProperty('message', expect.stringMatching(/needs authenticate\(\) or guard\(\) of the same protect\(\)/))
  })

  test('is refused with an error of Koa that holds the answer, and nothing private', async () => {
    const api = protect({ verifier, contract, refusals: 'throw' })
    const { caught } = await serve(api.guard(contract.scope('orders_read')))
    expect(caught).toMatchObject({
      name: 'ForbiddenError',
      code: 'insufficient_scope',
      status: 403,
      expose: true,
      message: 'The access token lacks a scope that this operation needs.',
      headers: {
        'Cache-Control': 'no-store',
        'WWW-Authenticate': expect.stringMatching(/^Bearer realm="orders-api", error="insufficient_scope"/),
      },
      body: { error: 'insufficient_scope', error_description: 'The access token lacks a scope that this operation needs.' },
    })
    expect(JSON.stringify(caught)).not.toContain('the token lacks')
  })
})

/** Sends one request through a middleware, and says what the middleware threw. */
async function serve(middleware: Koa.Middleware): Promise<{ caught: unknown }> {
  let caught: unknown
  const app = new Koa()
  app.use((ctx, next) =>
    next().catch((error: unknown) => {
      caught = error
      ctx.status = 500
    }),
  )
  const handle = app.use(async (ctx, next) => middleware(ctx, next)).callback()
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { headers: { authorization: 'Bearer abc' } })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return { caught }
}
