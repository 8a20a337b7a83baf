import { decodeJwt } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import type { MockIssuer } from '../../mock-issuer.js'

const now = () => Date.UTC(2026, 0, 1)
const other = 'https://other.example.com'

const open: MockIssuer[] = []

afterEach(async () => {
  for (const issuer of open.splice(0)) await issuer[Symbol.asyncDispose]()
})

describe.each(['in process', 'over a socket'])('an issuer with a fault, %s,', (way) => {
  async function start(options: MockIssuerOptions = {}): Promise<MockIssuer> {
    const issuer = await createMockIssuer(options)
    open.push(issuer)
    if (way === 'over a socket') await issuer.listen()
    return issuer
  }

  function send(issuer: MockIssuer, url: string, init: RequestInit = {}): Promise<Response> {
    return way === 'over a socket' ? fetch(url, init) : issuer.fetch(url, init)
  }

  async function getToken(issuer: MockIssuer): Promise<string> {
    const form = { client_id: 'service', client_secret: 'service-secret', grant_type: 'client_credentials' }
    const response = await send(issuer, `${issuer.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) })
    const { access_token: token } = (await response.json()) as { access_token: string }
    return token
  }

  async function getJson(issuer: MockIssuer, path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
    return (await send(issuer, issuer.issuer + path, init)).json() as Promise<Record<string, unknown>>
  }

  test('publishes the keys of before the last rotation', async () => {
    const issuer = await start()
    const before = await issuer.jwks()
    using _ = issuer.faults.add({ endpoint: 'jwks', kind: 'stale-keys' })

    expect(await getJson(issuer, '/jwks')).toEqual(before)
    await issuer.rotateKeys()
    expect(await getJson(issuer, '/jwks')).toEqual(before)
    const { keys } = await issuer.jwks()
    expect(keys.length).toBe(2)
    await issuer.rotateKeys({ keepOld: false })
    expect(await getJson(issuer, '/jwks')).toEqual({ keys })
  })

  test('publishes an old key after a rotation that no key was asked for before', async () => {
    const issuer = await start()
    issuer.faults.add({ endpoint: 'jwks', kind: 'stale-keys' })
    const kid = await issuer.rotateKeys()

    const first = await getJson(issuer, '/jwks')
    expect(await getJson(issuer, '/jwks')).toEqual(first)
    expect(first['keys']).toEqual([expect.objectContaining({ alg: 'ES256', kid: expect.not.stringContaining(kid) as string })])
  })

  test('does not say that stale keys are the ones that a client revalidates', async () => {
    const issuer = await start()
    const url = `${issuer.issuer}/jwks`
    await issuer.rotateKeys()
    const etag = (await send(issuer, url)).headers.get('etag') ?? ''
    issuer.faults.add({ endpoint: 'jwks', kind: 'stale-keys' })

    expect((await send(issuer, url, { headers: { 'if-none-match': etag } })).status).toBe(200)
  })

  test('breaks the answer to a revalidation too, and gives what is broken no ETag', async () => {
    const issuer = await start()
    const url = `${issuer.issuer}/jwks`
    const etag = (await send(issuer, url)).headers.get('etag') ?? ''
    issuer.faults.add({ endpoint: 'jwks', kind: 'malformed-json' })

    const response = await send(issuer, url, { headers: { 'if-none-match': etag } })
    expect([response.status, response.headers.get('etag')]).toEqual([200, null])
  })

  test('rotates the keys when the answer was made', async () => {
    const issuer = await start()
    const before = await issuer.jwks()
    issuer.faults.add({ endpoint: 'jwks', kind: 'rotate-mid-flight', keepOld: false, times: 1 })

    expect(await getJson(issuer, '/jwks')).toEqual(before)
    const after = await getJson(issuer, '/jwks')
    expect(after).toEqual(await issuer.jwks())
    expect(after).not.toEqual(before)
  })

  test('mints the tokens of one request as if the clock were off', async () => {
    const issuer = await start({ now })
    issuer.faults.add({ endpoint: 'token', kind: 'clock-skew', skewSeconds: 120, times: 1 })
    const [skewed, genuine] = await Promise.all([getToken(issuer), getToken(issuer)])

    const seconds = now() / 1000
    expect(decodeJwt(skewed)).toMatchObject({ iat: seconds + 120, exp: seconds + 420 })
    expect(decodeJwt(genuine)).toMatchObject({ iat: seconds, exp: seconds + 300 })
  })

  test('mints the tokens of one request in the name of another issuer', async () => {
    const issuer = await start()
    issuer.faults.add({ endpoint: 'token', kind: 'wrong-issuer', issuer: other, times: 1 })

    expect(decodeJwt(await getToken(issuer)).iss).toBe(other)
    expect(decodeJwt(await getToken(issuer)).iss).toBe(issuer.issuer)
  })

  test('names another issuer in metadata, and nothing else in it changes', async () => {
    const issuer = await start()
    const path = '/.well-known/openid-configuration'
    const genuine = await getJson(issuer, path)
    issuer.faults.add({ endpoint: 'openid-configuration', kind: 'wrong-issuer', issuer: other })

    expect(await getJson(issuer, path)).toEqual({ ...genuine, issuer: other })
  })

  test('names another issuer in an introspection response', async () => {
    const issuer = await start()
    issuer.faults.add({ endpoint: 'introspection', kind: 'wrong-issuer', issuer: other })
    const form = { client_id: 'service', client_secret: 'service-secret', token: await issuer.accessToken() }

    expect(await getJson(issuer, '/introspect', { method: 'POST', body: new URLSearchParams(form) })).toMatchObject({
      active: true,
      iss: other,
    })
  })

  test('names another issuer in an authorization response, as a mix-up would', async () => {
    const issuer = await start()
    issuer.faults.add({ endpoint: 'authorization', kind: 'wrong-issuer', issuer: other })
    const query = new URLSearchParams({
      client_id: 'app',
      redirect_uri: 'http://127.0.0.1:3000/callback',
      state: 's',
      response_type: 'none',
    })
    const response = await send(issuer, `${issuer.issuer}/authorize?${query.toString()}`, { redirect: 'manual' })

    const location = new URL(response.headers.get('location') ?? '')
    expect([location.searchParams.get('iss'), location.searchParams.get('state')]).toEqual([other, 's'])
  })
})
