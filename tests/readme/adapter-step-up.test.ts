import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { parseChallenge } from '@bailiwick/protocol'
import { getRequestListener } from '@hono/node-server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fencedBlocks } from '../package-shape/doc-examples.js'
import { root } from '../package-shape/entry-points.js'

// Inside the workspace, so that what is pasted finds the packages; Git and Vitest do not look there.
const cache = join(root, 'tests/.cache/adapter-step-up')

/** How the application of each framework, as its README builds it, is put on a socket. */
const listenerOf: Record<string, (app: PastedApplication) => RequestListener | Promise<RequestListener>> = {
  express: (app) => app as unknown as RequestListener,
  koa: (app) => app.callback(),
  hono: (app) => getRequestListener(app.fetch),
  fastify: async (app) => {
    await app.ready()
    return app.routing
  },
}

interface PastedApplication {
  callback(): RequestListener
  fetch(request: Request): Promise<Response>
  ready(): Promise<unknown>
  routing: RequestListener
}

let issuer: MockIssuer
let interception: ReturnType<MockIssuer['interceptFetch']>

beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  issuer = await createMockIssuer({ issuer: 'https://login.example.com', audience: 'orders-api' })
  interception = issuer.interceptFetch()
})
afterEach(() => {
  interception[Symbol.dispose]()
  vi.restoreAllMocks()
})

describe.each(Object.keys(listenerOf))('the step-up that the README of %s shows', (name) => {
  test('lets a strong and recent login pass, and tells any other what is needed', async () => {
    const listener = await listenerOf[name]!(await paste(name))
    const server = createServer(listener)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/accounts/42/refunds`
    const loggedInAt = (secondsAgo: number) => Math.floor(issuer.clock.now() / 1000) - secondsAgo
    const ask = async (claims: Record<string, unknown>) => {
      const token = await issuer.accessToken({ sub: 'john', scope: 'orders_read', account_nr: '42', ...claims })
      const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
      const [challenge] = parseChallenge(response.headers.get('www-authenticate') ?? '')
      return { status: response.status, params: challenge?.params }
    }
    try {
      expect(await ask({ acr: 'urn:example:mfa', auth_time: loggedInAt(10) })).toEqual({ status: 202, params: undefined })
      const challenge = { error: 'insufficient_user_authentication', acr_values: 'urn:example:mfa', max_age: '300' }
      const weak = { acr: 'urn:example:pwd', auth_time: loggedInAt(10) }
      const old = { acr: 'urn:example:mfa', auth_time: loggedInAt(301) }
      for (const claims of [weak, old, {}]) {
        expect(await ask(claims)).toMatchObject({ status: 401, params: challenge })
      }
      for (const claims of [
        { ...weak, account_nr: '77' },
        { ...weak, scope: '' },
      ])
        expect(await ask(claims)).toMatchObject({ status: 403 })
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })
})

/** The application of the first block with the routes of the section, which does not listen by itself. */
async function paste(name: string): Promise<PastedApplication> {
  const readme = await readFile(join(root, 'packages', name, 'README.md'), 'utf8')
  const [first] = fencedBlocks(name, readme, 1)
  const [, section = ''] = /^## Step-up\n(.*?)^## /ms.exec(readme) ?? []
  const [stepUp] = fencedBlocks(name, section, 1)
  if (first === undefined || stepUp === undefined) throw new Error(`the README of ${name} shows no step-up`)
  const code = `${first.code}\n${stepUp.code}\nexport { app }\n`
    .replace(/^export default app.*$/m, '')
    .replace(/^(?:await )?app\.listen\(.*$/m, '')
  await rm(join(cache, name), { recursive: true, force: true })
  await mkdir(join(cache, name), { recursive: true })
  await writeFile(join(cache, name, 'api.ts'), code)
  const { app } = (await import(/* @vite-ignore */ join(cache, name, 'api.ts'))) as { app: PastedApplication }
  return app
}
