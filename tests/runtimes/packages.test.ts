import { attack, createMockIssuer, defaultClients, type MockIssuer } from '@bailiwick/mock-issuer'
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDpopClient } from '../adapters/dpop-client.js'
import { createWebBrowser } from '../client/web-browser.js'
import type { SignedDocument } from './programs/verification.js'
import { isInstalled, type Runtime, runtimes } from './runtimes.js'
import { startSubject, type Subject } from './subject.js'

const john = { sub: 'john', scope: 'orders_read', account_nr: '42' }
const shopCli = { clientId: 'shop-cli', redirectUris: ['http://127.0.0.1/callback'] }
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const

/** Made once: keys for RSA take their time. */
let documents: Promise<SignedDocument[]> | undefined

describe.each(runtimes.map((runtime) => [runtime.name, runtime] as const))('on %s, as built', (_name, runtime) => {
  describe.skipIf(!isInstalled(runtime))('the packages', () => packagesOn(runtime))
})

function packagesOn(runtime: Runtime): void {
  let subject: Subject
  let issuer: MockIssuer

  beforeAll(async () => {
    subject = await startSubject(runtime)
    issuer = await createMockIssuer({
      audience: 'orders-api',
      users: [{ sub: 'john', claims: { account_nr: '42' } }],
      clients: [...defaultClients, shopCli],
    })
    await issuer.listen()
  })
  afterAll(async () => {
    await subject?.[Symbol.asyncDispose]()
    await issuer?.[Symbol.asyncDispose]()
  })

  const openOrdersApi = () => subject.run('openOrdersApi', { issuer: issuer.issuer, publicUrl: subject.origin })
  const getOrders = (headers: Record<string, string> | [string, string][], nr = '42') =>
    fetch(`${subject.origin}/api/accounts/${nr}/orders`, { headers })

  test('the verifier takes tokens of every algorithm of an issuer on a socket, and no other', async () => {
    const signed = (['RS256', 'PS256', 'ES256', 'EdDSA'] as const).map((algorithm) => issuer.accessToken({ sub: algorithm }, { algorithm }))
    const tokens = await Promise.all([...signed, issuer.accessToken({}, { expiresInSeconds: -1 }), issuer.forge.tamperedSignature()])
    expect(await subject.run('verifyTokens', { issuer: issuer.issuer, tokens })).toEqual([
      'RS256',
      'PS256',
      'ES256',
      'EdDSA',
      'token_expired',
      'signature_invalid',
    ])
  })

  test('the verifier tells a signature from another one, in every algorithm', async () => {
    documents ??= Promise.all(algorithms.map(signDocument))
    const expected = Object.fromEntries(algorithms.map((algorithm) => [algorithm, [algorithm, 'signature_invalid']]))
    expect(await subject.run('verifySignatures', { documents: await documents })).toEqual(expected)
  })

  test.each(['json', 'signed'] as const)('the verifier asks about opaque tokens and takes an answer that is %s', async (response) => {
    const tokens = [await issuer.opaqueToken({ sub: 'john' }), 'invented']
    const verdicts = await subject.run('introspect', { issuer: issuer.issuer, tokens, response })
    expect(verdicts).toEqual(['john', 'token_inactive'])
  })

  test('an API that was made when the program was loaded asks for a token', async () => {
    expect((await getOrders({})).status).toBe(401)
  })

  test('an API on Hono lets in whom its guards let in, and says why to the others', async () => {
    await openOrdersApi()
    const authorization = `Bearer ${await issuer.accessToken(john)}`
    const response = await getOrders({ authorization })
    expect([response.status, await response.json()]).toEqual([200, { sub: 'john', account: '42' }])
    const refusals = await Promise.all([
      getOrders({}),
      getOrders({ authorization }, '77'),
      getOrders({ authorization: `Bearer ${await issuer.accessToken({ sub: 'john' })}` }),
    ])
    expect(refusals.map(({ status, headers }) => [status, headers.get('www-authenticate')])).toEqual([
      [401, expect.stringMatching(/^Bearer realm="orders-api"(?!.*error)/)],
      [403, expect.any(String)],
      [403, expect.stringMatching(/error="insufficient_scope".*scope="orders_read"/)],
    ])
  })

  test('an API on Hono says that it cannot decide while the issuer is down', async () => {
    await openOrdersApi()
    const fault = issuer.faults.add({ endpoint: 'jwks', kind: 'status', status: 503 })
    const response = await getOrders({ authorization: `Bearer ${await issuer.accessToken(john)}` })
    fault.remove()
    expect([response.status, Number(response.headers.get('retry-after')) >= 1]).toEqual([503, true])
  })

  test('an API on Hono lets none of the forgeries in', async () => {
    await openOrdersApi()
    const { sub: _, ...claims } = john
    const { results } = await attack({ url: `${subject.origin}/api/accounts/42/orders`, issuer, claims })
    const bad = results.filter(({ outcome }) => ['let_in', 'lured', 'fault'].includes(outcome))
    expect(results.length).toBeGreaterThan(100)
    expect(bad.map(({ forgery, variant, outcome, answer }) => ({ forgery, variant, outcome, answer }))).toEqual([])
  })

  test('a DPoP proof lets its holder in once', async () => {
    await openOrdersApi()
    const client = await createDpopClient(Date.now)
    const token = await issuer.accessToken({ ...john, cnf: client.cnf })
    const fields = await client.present({ token, path: '/api/accounts/42/orders', origin: subject.origin })
    const presented = fields.map(([field, value]): [string, string] => [field, value])
    expect((await getOrders(presented)).status).toBe(200)
    const again = await getOrders(presented)
    expect([again.status, again.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('error="invalid_dpop_proof"')])
    expect((await getOrders({ authorization: `Bearer ${token}` })).status).toBe(401)
  })

  test('a client logs in with DPoP, refreshes, and calls an API', async () => {
    await openOrdersApi()
    const { url, transaction } = await subject.run('startLogin', { issuer: issuer.issuer })
    const callback = await createWebBrowser().goUntil(url, 'https://app.example.com/callback', (page) => ({
      login: /name="login" value="([^"]+)"/.exec(page)?.[1] ?? '',
      user: 'john',
    }))
    const api = `${subject.origin}/api/accounts/42/orders`
    const completed = await subject.run('completeLogin', { issuer: issuer.issuer, callback: callback.href, transaction, api })
    expect(completed).toEqual({ kind: 'logged-in', sub: 'john', refreshed: 'DPoP', answer: [200, { sub: 'john', account: '42' }] })
  })

  test('a client asks for a machine token once, however many want it', async () => {
    const asked = () =>
      issuer.requests.filter(({ endpoint, grantType }) => endpoint === 'token' && grantType === 'client_credentials').length
    const before = asked()
    const answer = await subject.run('askForMachineTokens', { issuer: issuer.issuer, callers: 50 })
    expect([answer, asked() - before]).toEqual([{ different: 1, isTokenSet: true, shows: false }, 1])
  })

  test('the mock issuer works without a socket', async () => {
    expect(await subject.run('useIssuerInProcess')).toEqual({
      minted: 'john',
      issued: 'service',
      skewed: 'token_expired',
      forged: 'algorithm_not_allowed',
      log: expect.arrayContaining(['token 200', 'jwks 200']),
      afterItsTime: 'token_expired',
    })
  })

  // Workers listen on no port of their own.
  if (runtime.name === 'workerd') return

  test('a command line tool logs in by a browser that comes back to a port', async () => {
    const outcome = await subject.run('logInOnLoopback', { issuer: issuer.issuer })
    expect(outcome).toEqual({ kind: 'logged-in', sub: 'john', shown: 'You are logged in' })
  })

  test('the mock issuer listens', async () => {
    expect(await subject.run('useIssuerOnSocket')).toEqual({ status: 200, isNamedAfterSocket: true, isClosed: true })
  })
}

async function signDocument(algorithm: (typeof algorithms)[number]): Promise<SignedDocument> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm)
  const payload = new TextEncoder().encode(JSON.stringify({ sub: algorithm }))
  const document = await new CompactSign(payload).setProtectedHeader({ alg: algorithm }).sign(privateKey)
  return { document, jwks: { keys: [{ ...(await exportJWK(publicKey)), alg: algorithm, use: 'sig' }] }, algorithm }
}
