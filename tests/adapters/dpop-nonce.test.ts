import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDpopClient, type DpopClient } from './dpop-client.js'
import { resource } from './host.js'
import { hosts } from './hosts.js'
import { bearer } from './raw-request.js'
import { type ServedApi, serveApi } from './served-api.js'

const senderConstraint = { dpop: { publicUrl: resource, nonce: { secret: new Uint8Array(32).fill(7), lifetimeSeconds: 30 } } }
const nonceSyntax = /^[!#-[\]-~]+$/

describe.each(hosts.map((host) => [host.name, host] as const))('DPoP nonces on %s', (_name, host) => {
  let api: ServedApi
  let client: DpopClient
  let token: string

  beforeAll(async () => {
    api = await serveApi(host, { senderConstraint })
    client = await createDpopClient(api.issuer.clock.now)
    token = await api.issuer.accessToken({ cnf: client.cnf })
  })
  afterAll(() => api.close())

  async function ask(path: string, nonce: string | undefined) {
    return api.request(path, { fields: await client.present({ token, path, nonce }) })
  }

  /** A nonce as a client gets it: by being refused. */
  async function firstNonce(): Promise<string> {
    return (await ask('/me', undefined)).headers['dpop-nonce'] ?? ''
  }

  test('a proof without a nonce is refused once, and the nonce of the answer lets the next one in', async () => {
    const refused = await ask('/me', undefined)
    expect([refused.status, refused.headers['cache-control']]).toEqual([401, 'no-store'])
    expect(refused.headers['www-authenticate']).toMatch(/^DPoP realm="orders-api", error="use_dpop_nonce", .*algs="[\w ]+"$/)
    expect(refused.headers['dpop-nonce']).toMatch(nonceSyntax)
    expect(api.events.at(-1)).toMatchObject({ code: 'use_dpop_nonce', reason: expect.stringMatching(/^dpop_nonce_required: /) })

    expect((await ask('/me', refused.headers['dpop-nonce'])).status).toBe(200)
  })

  test('an answer brings the next nonce, so that no later request is refused, and is not to be cached', async () => {
    let nonce: string | undefined = await firstNonce()
    for (const path of ['/me', '/catalogue', '/me']) {
      const response = await ask(path, nonce)
      expect([response.status, response.headers['cache-control']]).toEqual([200, 'no-store'])
      nonce = response.headers['dpop-nonce']
      expect(nonce).toMatch(nonceSyntax)
    }
  })

  test('an old nonce is refused with a new one', async () => {
    const nonce = await firstNonce()
    api.issuer.clock.advanceSeconds(60)
    const refused = await ask('/me', nonce)
    expect([refused.status, refused.headers['dpop-nonce'] === nonce]).toEqual([401, false])
    expect((await ask('/me', refused.headers['dpop-nonce'])).status).toBe(200)
  })

  test('a guard that refuses after authentication does not lose the nonce', async () => {
    const forbidden = await ask('/desk', await firstNonce())
    expect([forbidden.status, forbidden.headers['cache-control']]).toEqual([403, 'no-store'])
    expect((await ask('/me', forbidden.headers['dpop-nonce'])).status).toBe(200)
    const inRouter = await ask('/office/report', await firstNonce())
    expect([inRouter.status, inRouter.headers['dpop-nonce']]).toEqual([403, expect.stringMatching(nonceSyntax)])
  })

  test.each(['application', 'framework'] as const)('the error handling of the %s does not lose the nonce', async (refusals) => {
    const served = await serveApi(host, { senderConstraint, refusals })
    const john = await createDpopClient(served.issuer.clock.now)
    const own = await served.issuer.accessToken({ cnf: john.cnf })
    const askAs = async (path: string, nonce?: string) => served.request(path, { fields: await john.present({ token: own, path, nonce }) })
    const refused = await askAs('/me')
    const forbidden = await askAs('/office/report', refused.headers['dpop-nonce'])
    await served.close()
    expect([refused.status, refused.headers['dpop-nonce']]).toEqual([401, expect.stringMatching(nonceSyntax)])
    expect([forbidden.status, forbidden.headers['dpop-nonce']]).toEqual([403, expect.stringMatching(nonceSyntax)])
  })

  test('a bearer token, and no token, come without a nonce', async () => {
    const plain = await api.request('/me', { fields: bearer(await api.issuer.accessToken({})) })
    const missing = await api.request('/me')
    expect([plain.status, plain.headers['dpop-nonce'], plain.headers['cache-control']]).toEqual([200, undefined, undefined])
    expect([missing.status, missing.headers['dpop-nonce']]).toEqual([401, undefined])
  })
})
