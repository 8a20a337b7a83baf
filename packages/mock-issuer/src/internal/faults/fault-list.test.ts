import { expect, expectTypeOf, test } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { Fault } from '../../fault.js'
import { MockIssuerError } from '../../mock-issuer-error.js'
import type { MockIssuer } from '../../mock-issuer.js'

const down = { endpoint: 'jwks', kind: 'status', status: 503 } as const

async function statusOf(issuer: MockIssuer, path = '/jwks', init: RequestInit = {}): Promise<number> {
  return (await issuer.fetch(issuer.issuer + path, init)).status
}

test('is met by requests to its endpoint, until it is removed', async () => {
  const issuer = await createMockIssuer()
  const fault = issuer.faults.add(down)

  expect(await statusOf(issuer)).toBe(503)
  expect(await statusOf(issuer, '/.well-known/openid-configuration')).toBe(200)
  expect(fault.timesMet).toBe(1)
  fault.remove()
  fault.remove()
  expect(await statusOf(issuer)).toBe(200)
  expect(fault.timesMet).toBe(1)
})

test('is removed at the end of its block', async () => {
  const issuer = await createMockIssuer()
  {
    using _ = issuer.faults.add(down)
    expect(issuer.faults.active).toEqual([down])
  }
  expect(issuer.faults.active).toEqual([])
})

test('is over after its times, and gives way to the one that was added next', async () => {
  const issuer = await createMockIssuer()
  issuer.faults.add({ ...down, times: 2 })
  issuer.faults.add({ ...down, status: 429, times: 1 })

  const statuses = [await statusOf(issuer), await statusOf(issuer), await statusOf(issuer), await statusOf(issuer)]
  expect(statuses).toEqual([503, 503, 429, 200])
})

test('meets every endpoint of an issuer that is down, and no path that is none', async () => {
  const issuer = await createMockIssuer()
  issuer.faults.add({ ...down, endpoint: '*' })

  for (const path of ['/jwks', '/token', '/authorize', '/.well-known/openid-configuration']) expect(await statusOf(issuer, path)).toBe(503)
  expect(await statusOf(issuer, '/unknown')).toBe(404)
})

test('with a key is met only by requests with that key, so that parallel tests do not meet', async () => {
  const issuer = await createMockIssuer()
  const [one, two] = [issuer.withFaultKey('one'), issuer.withFaultKey('two')]
  issuer.faults.add({ ...down, key: 'one' })
  issuer.faults.add({ ...down, status: 429, key: 'two' })
  const url = `${issuer.issuer}/jwks`
  const responses = await Promise.all([one.fetch(url), two.fetch(url), issuer.fetch(url)])

  expect(responses.map(({ status }) => status)).toEqual([503, 429, 200])
  expect(await statusOf(issuer, '/jwks', { headers: { 'mock-fault-key': 'two' } })).toBe(429)
})

test('without a key is met by requests with one too', async () => {
  const issuer = await createMockIssuer()
  issuer.faults.add(down)

  expect((await issuer.withFaultKey('one').fetch(`${issuer.issuer}/jwks`)).status).toBe(503)
})

test('can be for requests of one grant type or client only', async () => {
  const issuer = await createMockIssuer()
  issuer.faults.add({ ...down, endpoint: 'token', when: ({ grantType, clientId }) => grantType === 'refresh_token' && clientId === 'app' })
  const post = (form: Record<string, string>) => statusOf(issuer, '/token', { method: 'POST', body: new URLSearchParams(form) })

  expect(await post({ grant_type: 'refresh_token', client_id: 'app' })).toBe(503)
  expect(await post({ grant_type: 'refresh_token', client_id: 'service' })).toBe(401)
  const service = { client_id: 'service', client_secret: 'service-secret' }
  expect(await post({ grant_type: 'client_credentials', ...service })).toBe(200)
})

test('leaves pre-flights alone, and lets pages read the faulty answer', async () => {
  const issuer = await createMockIssuer()
  issuer.faults.add(down)

  const preflight = { method: 'OPTIONS', headers: { origin: 'https://app.example.com', 'access-control-request-method': 'GET' } }
  expect(await statusOf(issuer, '/jwks', preflight)).toBe(204)
  const response = await issuer.fetch(`${issuer.issuer}/jwks`)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
})

test('can lose the answer to work that is done', async () => {
  const issuer = await createMockIssuer()
  const token = await issuer.accessToken({ client_id: 'service' })
  const service = { client_id: 'service', client_secret: 'service-secret', token }
  issuer.faults.add({ endpoint: 'revocation', kind: 'reset', workDone: true })
  const revocation = issuer.fetch(`${issuer.issuer}/revoke`, { method: 'POST', body: new URLSearchParams(service) })

  await expect(revocation).rejects.toThrow('fetch failed')
  const answer = await issuer.fetch(`${issuer.issuer}/introspect`, { method: 'POST', body: new URLSearchParams(service) })
  expect(await answer.json()).toEqual({ active: false })
})

test('lets go of all that it holds when all faults are cleared, those that are over too', async () => {
  const issuer = await createMockIssuer()
  issuer.faults.add({ endpoint: 'jwks', kind: 'hang', times: 1 })
  issuer.faults.add({ endpoint: 'jwks', kind: 'delay', delayMs: 600_000 })
  const held = [statusOf(issuer), statusOf(issuer)]
  await issuer.waitForRequest({ fault: 'delay' })
  issuer.faults.clear()

  expect(await Promise.all(held)).toEqual([200, 200])
})

test('tells what throws in it as a fault of the issuer', async () => {
  const told: unknown[] = []
  const issuer = await createMockIssuer({ onError: (error) => told.push(error) })
  const mistake = new Error('a mistake')
  issuer.faults.add({
    ...down,
    when() {
      throw mistake
    },
  })

  expect(await statusOf(issuer)).toBe(500)
  expect(told).toEqual([mistake])
})

test.each([
  [{ endpoint: 'jwsk' }, /"endpoint" of a fault must be one of \*, .*jwks/],
  [{ kind: 'outage' }, /"kind" of a fault must be one of delay, hang, .*; it is "outage"/],
  [{ kind: 'toString' }, /"kind"/],
  [{ status: 99 }, /"status" of a fault must be a whole number from 200 to 599; it is 99/],
  [{ status: undefined }, /"status".* it is nothing/],
  [{ body: 5 }, /"body"/],
  [{ headers: { 'a b': 'c' } }, /"headers"/],
  [{ retryAfterSeconds: 0.5 }, /"retryAfterSeconds"/],
  [{ kind: 'delay' }, /"status" of a fault must be left out: faults of the kind "delay" have no such member/],
  [{ times: 0 }, /"times"/],
  [
    { kind: 'clock-skew', status: undefined, skewSeconds: 5 },
    /"endpoint" of a fault must be one of token for the kind "clock-skew"; it is "jwks"/,
  ],
  [{ kind: 'malformed-json', status: undefined, endpoint: 'login' }, /"endpoint"/],
  [{ kind: 'malformed-json', status: undefined, endpoint: '*' }, /"endpoint"/],
  [{ key: 'é' }, /"key"/],
  [{ when: true }, /"when"/],
])('refuses a fault with %j, and says why', async (slip, message) => {
  const issuer = await createMockIssuer()
  const add: (fault: never) => unknown = issuer.faults.add
  const attempt = async (): Promise<unknown> => add({ ...down, ...slip } as never)
  const error = await attempt().catch((reason: unknown) => reason)

  expect(error).toBeInstanceOf(MockIssuerError)
  expect(error).toMatchObject({ code: 'invalid_option', message: expect.stringMatching(message) as string })
  expect(issuer.faults.active).toEqual([])
})

test('refuses more than 1,000 faults', async () => {
  const { faults } = await createMockIssuer()
  for (let count = 0; count < 1_000; count++) faults.add(down)

  expect(() => faults.add(down)).toThrow('There are 1000 faults already.')
})

test('has only the kinds that make sense for its endpoint', () => {
  expectTypeOf<{ endpoint: 'jwks'; kind: 'stale-keys' }>().toExtend<Fault>()
  expectTypeOf<{ endpoint: 'token'; kind: 'stale-keys' }>().not.toExtend<Fault>()
  expectTypeOf<{ endpoint: 'jwks'; kind: 'clock-skew'; skewSeconds: number }>().not.toExtend<Fault>()
  expectTypeOf<{ endpoint: 'authorization'; kind: 'malformed-json' }>().not.toExtend<Fault>()
  expectTypeOf<{ endpoint: '*'; kind: 'hang' }>().toExtend<Fault>()
  expectTypeOf<{ endpoint: '*'; kind: 'wrong-issuer'; issuer: string }>().not.toExtend<Fault>()
})
