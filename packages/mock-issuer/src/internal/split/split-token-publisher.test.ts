import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMockIssuer } from '../../create-mock-issuer.js'
import type { MockIssuerOptions } from '../../mock-issuer-options.js'
import type { SplitTokenOptions } from '../../split-token.js'

const now = () => Date.UTC(2026, 0, 1)
const publishTo = 'https://gateway.example.com/split-tokens'

type Fetch = NonNullable<MockIssuerOptions['fetch']>

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

function publishing(fetch: Fetch, splitTokens: Partial<SplitTokenOptions> = {}) {
  const onError = vi.fn()
  return { onError, issuer: createMockIssuer({ now, fetch, onError, splitTokens: { publishTo, ...splitTokens } }) }
}

test('posts a form with what a gateway needs', async () => {
  const fetch = vi.fn<Fetch>(async () => new Response(null, { status: 204 }))
  const { issuer: created, onError } = publishing(fetch, { headers: { authorization: 'Bearer publisher' } })
  const issuer = await created
  const { published } = await issuer.splitToken({ scope: 'orders_read orders_write' })
  await issuer.splitTokens.settled()

  const [url, { body, headers, method, redirect } = {}] = fetch.mock.calls[0] ?? []
  expect({ url, headers, method, redirect }).toEqual({
    url: publishTo,
    headers: { authorization: 'Bearer publisher' },
    method: 'POST',
    redirect: 'manual',
  })
  expect(body).toBeInstanceOf(URLSearchParams)
  expect(Object.fromEntries(body as URLSearchParams)).toEqual({
    client_id: 'app',
    scope: 'orders_read orders_write',
    token: published.headerAndPayload,
    signatureHash: published.hash,
    grant_type: 'client_credentials',
    expiration: '300',
  })
  expect(onError).not.toHaveBeenCalled()
})

test('says the client_id that is configured, and no scope for a token that has none', async () => {
  const fetch = vi.fn<Fetch>(async () => new Response())
  const issuer = await publishing(fetch, { clientId: 'publisher' }).issuer
  await issuer.splitToken({}, { expiresInSeconds: -5 })
  await issuer.splitTokens.settled()

  const form = Object.fromEntries(fetch.mock.calls[0]?.[1]?.body as URLSearchParams)
  expect(form).toMatchObject({ client_id: 'publisher', expiration: '0' })
  expect(Object.keys(form)).not.toContain('scope')
})

test('does not keep a token back for a gateway that does not answer, and gives up after the timeout', async () => {
  const signals: (AbortSignal | null | undefined)[] = []
  const hanging: Fetch = (_url, init) => {
    signals.push(init?.signal)
    return new Promise(() => {})
  }
  const { issuer: created, onError } = publishing(hanging, { timeoutMs: 100 })
  const issuer = await created
  const { token, published } = await issuer.splitToken()
  expect(issuer.splitTokens.find(published.hash)).toEqual(published)
  vi.advanceTimersByTime(99)
  expect(onError).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  await issuer.splitTokens.settled()

  const [error] = onError.mock.calls[0] ?? []
  expect(String(error)).toBe('Error: A split token was not published: gateway.example.com did not answer within 100 ms.')
  expect(String(error)).not.toContain(token)
  expect(signals[0]?.aborted).toBe(true)
})

test.each([
  [
    'a refusal',
    async () => new Response('no', { status: 403 }),
    'Error: A split token was not published: gateway.example.com answered with the status 403.',
  ],
  [
    'a redirect',
    async () => new Response(null, { status: 302, headers: { location: '/' } }),
    'Error: A split token was not published: gateway.example.com answered with the status 302.',
  ],
  ['a broken connection', async () => Promise.reject(new TypeError('fetch failed')), 'TypeError: fetch failed'],
  [
    'a fetch that throws',
    () => {
      throw new TypeError('fetch threw')
    },
    'TypeError: fetch threw',
  ],
] as const)('tells onError of %s', async (_what, fetch: Fetch, message) => {
  const { issuer: created, onError } = publishing(fetch)
  const issuer = await created
  await issuer.splitToken()
  await issuer.splitTokens.settled()

  expect(onError.mock.calls.map(([error]) => String(error))).toEqual([message])
})

test('publishes no token of another format', async () => {
  const fetch = vi.fn<Fetch>(async () => new Response())
  const issuer = await publishing(fetch).issuer
  await issuer.accessToken()
  await issuer.phantomToken()
  await issuer.opaqueToken()
  await issuer.splitTokens.settled()

  expect(fetch).not.toHaveBeenCalled()
})

test('has no more than 1,000 publications under way', async () => {
  const answers: (() => void)[] = []
  const { issuer: created, onError } = publishing(() => new Promise((resolve) => answers.push(() => resolve(new Response()))))
  const issuer = await created
  await Promise.all(Array.from({ length: 1_001 }, () => issuer.splitToken()))
  expect(onError.mock.calls.map(([error]) => String(error))).toEqual([
    'Error: A split token was not published: 1000 are under way already.',
  ])
  for (const answer of answers) answer()
  await issuer.splitTokens.settled()
  await issuer.splitToken()

  expect(answers).toHaveLength(1_001)
  answers.at(-1)?.()
  await issuer.splitTokens.settled()
})

test('forgets what it published when the token expires', async () => {
  const issuer = await createMockIssuer({ now })
  const { published } = await issuer.splitToken({}, { expiresInSeconds: 10 })
  const endless = await issuer.splitToken({ exp: undefined })
  issuer.clock.advanceSeconds(9)
  expect(issuer.splitTokens.find(published.hash)).toEqual(published)
  issuer.clock.advanceSeconds(1)
  expect(issuer.splitTokens.find(published.hash)).toBe(undefined)
  expect(issuer.splitTokens.find(endless.published.hash)).toEqual(endless.published)
  issuer.clock.advanceSeconds(290)
  expect(issuer.splitTokens.find(endless.published.hash)).toBe(undefined)
})

test.each([
  [{ publishTo: 'gateway.example.com' }, 'publishTo'],
  [{ publishTo: 'ftp://gateway.example.com' }, 'publishTo'],
  [{ publishTo: 'https://user:secret@gateway.example.com' }, 'publishTo'],
  [{ clientId: '' }, 'clientId'],
  [{ timeoutMs: 0 }, 'timeoutMs'],
  [{ timeoutMs: Infinity }, 'timeoutMs'],
  [{ headers: { 'a b': 'c' } }, 'headers'],
  [{ headers: { a: 'b\r\nc: d' } }, 'headers'],
])('does not take %j', async (splitTokens, member) => {
  await expect(createMockIssuer({ splitTokens: { publishTo, ...splitTokens } })).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining(`The option "splitTokens.${member}" must be `),
  })
})
