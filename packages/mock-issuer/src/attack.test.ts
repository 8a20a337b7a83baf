import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { attack } from './attack.js'
import { createMockIssuer } from './create-mock-issuer.js'
import type { MockIssuer } from './mock-issuer.js'

const claims = { scope: 'orders_read' }
let issuer: MockIssuer

beforeAll(async () => {
  issuer = await createMockIssuer({ audience: 'orders-api' })
})

/** An API in this process that looks at a token in the way given. */
function apiThat(verify: (token: string) => Promise<unknown>) {
  return async (_url: string, init: RequestInit): Promise<Response> => {
    const [scheme, token] = (new Headers(init.headers).get('authorization') ?? '').split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || token === undefined) return refuse(401)
    return verify(token).then(
      () => Response.json([]),
      () => refuse(401, 'invalid_token'),
    )
  }
}

function refuse(status: number, error?: string): Response {
  return new Response(null, { status, headers: { 'www-authenticate': error === undefined ? 'Bearer' : `Bearer error="${error}"` } })
}

async function byTheBook(token: string) {
  const options = { issuer: issuer.issuer, audience: 'orders-api', typ: 'at+jwt', requiredClaims: ['exp'] }
  return jwtVerify(token, createLocalJWKSet(await issuer.jwks()), options)
}

test('tells what an API lets in that believes every token, and that is nearly everything', async () => {
  const fetch = apiThat(async (token) => decodeProtectedHeader(token))
  const report = await attack({ url: 'http://api.example.com/orders', issuer, claims, fetch })
  expect(report).toMatchObject({ algorithm: 'ES256', method: 'GET', profile: 'jwt', issuer: issuer.issuer })
  expect(report.counts.let_in).toBeGreaterThan(80)
  expect(JSON.stringify(report)).not.toContain('eyJ')
  expect(report.results.find(({ forgery }) => forgery === 'algNone')).toMatchObject({
    variant: 'none',
    outcome: 'let_in',
    severity: 'critical',
    expected: 'invalid_token',
    answer: { status: 200 },
    rfc: { number: 9068, section: '4' },
  })
})

test('tells apart what is refused as it should be, and otherwise', async () => {
  const fetch = apiThat(byTheBook)
  const { results, controls } = await attack({
    url: 'http://api.example.com/',
    issuer,
    claims,
    fetch,
    forgeries: ['algNone', 'missingScope', 'tokenInQuery', 'lowerCaseScheme', 'twoAuthorizationHeaders'],
  })
  const outcomes = Object.fromEntries(results.map(({ forgery, variant, outcome }) => [`${forgery}.${variant}`, outcome]))
  expect(outcomes).toMatchObject({
    'algNone.none': 'as_expected',
    'missingScope.none': 'let_in',
    'tokenInQuery.accessToken': 'as_expected',
    'lowerCaseScheme.only': 'as_expected',
    'twoAuthorizationHeaders.same': 'refused_otherwise',
  })
  expect(controls.map(({ name, passed }) => [name, passed])).toEqual([
    ['good token', true],
    ['no token', true],
    ['good token of another algorithm', true],
    ['good token afterwards', true],
  ])
})

test('leaves out what does not apply: scopes without a scope, and RFC 9068 unless it is asked for', async () => {
  const settings = {
    url: 'http://api.example.com/',
    issuer,
    fetch: apiThat(byTheBook),
    forgeries: ['missingScope', 'wrongType', 'missingClaim'] as const,
  }
  const plain = await attack(settings)
  expect(plain.skipped.map(({ forgery, variant }) => `${forgery}.${variant}`)).toContain('missingScope.none')
  expect(plain.results.map(({ variant }) => variant)).not.toContain('plainJwt')
  const strict = await attack({ ...settings, profile: 'rfc9068' })
  expect(strict.results.find(({ variant }) => variant === 'plainJwt')).toMatchObject({ outcome: 'as_expected' })
})

test('takes an API that takes RS256 alone, and no ES256', async () => {
  const fetch = apiThat(async (token) => {
    if (decodeProtectedHeader(token).alg !== 'RS256') throw new Error('not RS256')
    return byTheBook(token)
  })
  const report = await attack({ url: 'http://api.example.com/', issuer, claims, fetch, forgeries: ['foreignKey', 'tamperedPayload'] })
  expect(report).toMatchObject({ algorithm: 'RS256', counts: { let_in: 0, as_expected: 4 } })
})

test('reports a status over 500 and no answer in time as faults', async () => {
  const fetch = apiThat(byTheBook)
  const failing = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(url, init)
    if (response.status === 200) return response
    if (new Headers(init.headers).has('authorization')) return new Response(null, { status: 500 })
    return new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
  }
  const options = { url: 'http://api.example.com/', issuer, claims, fetch: failing, timeoutMs: 50 }
  const { results } = await attack({ ...options, forgeries: ['strippedSignature', 'tokenInQuery'] })
  expect(results.map(({ outcome, answer }) => [outcome, answer])).toEqual([
    ['fault', { status: 500 }],
    ['fault', { status: 500 }],
    ['fault', { failure: 'timeout', detail: 'no answer within 50 ms' }],
    ['fault', { failure: 'timeout', detail: 'no answer within 50 ms' }],
  ])
})

test('leaves out of its duration how long the API took to get ready', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] })
  vi.setTimerTickMode('nextTimerAsync')
  const ready = apiThat(byTheBook)
  const told: number[] = []
  const report = await attack({
    url: 'http://api.example.com/',
    issuer,
    claims,
    fetch: async (url, init) => (performance.now() < 20_000 ? refuse(503) : ready(url, init)),
    forgeries: ['algNone'],
    readyWithinMs: 30_000,
    onWaiting: ({ waitedMs }) => told.push(waitedMs),
  }).finally(() => vi.useRealTimers())
  expect(told).toEqual([0, 5000, 10_000, 15_000])
  expect(report.durationMs).toBeLessThan(1000)
})

describe('does not begin with an API that refuses a good token, and says what may be wrong:', () => {
  test.each([
    [refuse(401, 'invalid_token'), 'answers a good token with 401 invalid_token. It never asked this issuer for its keys'],
    [refuse(403, 'insufficient_scope'), 'it has the scope "orders_read". Give it the scope and the claims.'],
    [refuse(404), 'Is it GET http://api.example.com/ that is to be attacked?'],
    [refuse(500), 'It fails by itself'],
    [refuse(302), 'Attack a route that a good token opens.'],
  ])('%#', async (response, message) => {
    const own = await createMockIssuer()
    const attacked = attack({ url: 'http://api.example.com/', issuer: own, claims, fetch: async () => response.clone() })
    await expect(attacked).rejects.toMatchObject({ code: 'attack_impossible', message: expect.stringContaining(message) })
  })

  test('the keys are known, and so it is something else', async () => {
    const own = await createMockIssuer({ audience: 'orders-api' })
    const fetch = async () => {
      await own.fetch(`${own.issuer}/jwks`)
      return refuse(401, 'invalid_token')
    }
    await expect(attack({ url: 'http://api.example.com/', issuer: own, fetch })).rejects.toThrow(
      'It has the keys of the issuer, so look at what it expects: the issuer is "http://localhost/mock-issuer", the audience "orders-api", the algorithm ES256, the typ at+jwt.',
    )
  })

  test('nobody listens', async () => {
    await expect(attack({ url: 'http://127.0.0.1:1/', issuer })).rejects.toThrow('There is no answer from http://127.0.0.1:1/')
  })
})

test.each([
  [{ url: 'ftp://api.example.com' }, 'The option "url" of the attack must be an http or https URL, not "ftp://api.example.com".'],
  [{ url: 'http://john:secret@api.example.com' }, 'The option "url" of the attack must be free of credentials.'],
  [
    { headers: { Authorization: 'Basic am9objpzZWNyZXQ=' } },
    'The option "headers" of the attack must be free of authorization and cookie, where the forgeries go.',
  ],
  [{ method: 'get' }, 'The option "method" of the attack must be an HTTP method in upper case, not "get".'],
  [{ concurrency: 65 }, 'The option "concurrency" of the attack must be a whole number from 1 to 64.'],
  [{ timeoutMs: 0 }, 'The option "timeoutMs" of the attack must be a whole number of milliseconds, 1 to 600,000.'],
])('refuses options that cannot work: %j', async (options, message) => {
  await expect(attack({ url: 'http://api.example.com/', issuer, ...options })).rejects.toMatchObject({ code: 'invalid_option', message })
})
