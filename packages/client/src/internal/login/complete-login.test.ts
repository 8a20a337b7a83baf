import { describe, expect, test } from 'vitest'
import { altered, createLoginStage, requestsTo } from '../../../test/login-attempt.js'
import { TokenSet } from '../../token-set.js'

test('a login ends with tokens, the verified claims, and where to go on', async () => {
  const { issuer, completed } = await createLoginStage()
  const outcome = await completed({ returnTo: '/orders?page=2', appState: 'cart 7', scope: 'openid orders_read' })
  expect(outcome).toMatchObject({ kind: 'logged-in', returnTo: '/orders?page=2', appState: 'cart 7' })
  if (outcome.kind !== 'logged-in') return
  expect(outcome.tokens).toBeInstanceOf(TokenSet)
  expect(outcome.tokens.claims).toMatchObject({ iss: issuer.issuer, sub: 'john', aud: 'app' })
  expect(outcome.tokens.scope).toBe('openid orders_read')
  expect(outcome.tokens.expiresAt).toBe(Math.floor(issuer.clock.now() / 1000) + 300)
})

test('a login without openid has no ID token, and needs none', async () => {
  const { completed } = await createLoginStage()
  const outcome = await completed({ scope: 'orders_read' })
  expect(outcome).toMatchObject({ kind: 'logged-in', returnTo: '/', appState: undefined })
  if (outcome.kind === 'logged-in') expect(outcome.tokens.claims).toBeUndefined()
})

test('the callback may be a URL, its text, its path, its query, or the form of a POST', async () => {
  const { client, logIn } = await createLoginStage()
  const forms = [
    (url: URL) => url,
    (url: URL) => url.href,
    (url: URL) => `${url.pathname}${url.search}`,
    (url: URL) => `${url.href}#_=_`,
    (url: URL) => url.search,
    (url: URL) => url.search.slice(1),
    (url: URL) => url.searchParams,
  ]
  for (const form of forms) {
    const { started, callback } = await logIn()
    const outcome = await client.completeLogin({ callback: form(callback), transaction: started.transaction })
    expect(outcome.kind).toBe('logged-in')
  }
})

test('several tabs log in side by side, in any order', async () => {
  const { client, logIn } = await createLoginStage()
  const first = await logIn({ returnTo: '/first' })
  const second = await logIn({ returnTo: '/second' })
  expect(first.started.state).not.toBe(second.started.state)
  const kept = new Map([first, second].map(({ started }) => [started.state, started.transaction]))
  for (const { callback } of [second, first]) {
    const transaction = kept.get(callback.searchParams.get('state') ?? '')
    expect(await client.completeLogin({ callback, transaction })).toMatchObject({ kind: 'logged-in' })
  }
})

describe('a callback that comes again', () => {
  test('is stale, since the server knows the code', async () => {
    const { client, logIn } = await createLoginStage()
    const { started, callback } = await logIn({ returnTo: '/orders' })
    const input = { callback, transaction: started.transaction }
    expect((await client.completeLogin(input)).kind).toBe('logged-in')
    expect(await client.completeLogin(input)).toEqual({ kind: 'stale', reason: 'code_spent', returnTo: '/orders' })
  })

  test('too late is stale, and nothing is sent', async () => {
    const { issuer, client, logIn } = await createLoginStage({ client: { loginTimeoutSeconds: 60 } })
    const { started, callback } = await logIn({ returnTo: '/orders' })
    expect(started.expiresAt).toBe(Math.floor(issuer.clock.now() / 1000) + 60)
    issuer.clock.advanceSeconds(60)
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toEqual({
      kind: 'stale',
      reason: 'expired',
      returnTo: '/orders',
    })
    expect(requestsTo(issuer, 'token')).toBe(0)
  })

  test('with the code of another attempt is stale: PKCE tells them apart', async () => {
    const { client, logIn } = await createLoginStage()
    const [mine, theirs] = [await logIn(), await logIn({}, 'jane')]
    const injected = altered(mine.callback, { code: theirs.callback.searchParams.get('code') ?? '' })
    expect(await client.completeLogin({ callback: injected, transaction: mine.started.transaction })).toMatchObject({
      kind: 'stale',
      reason: 'code_spent',
    })
  })
})

test('a kept value that is no text is no transaction, and null is none that was kept', async () => {
  const { client, logIn } = await createLoginStage()
  const { callback } = await logIn()
  expect(await client.completeLogin({ callback, transaction: null })).toEqual({ kind: 'stale', reason: 'no_transaction', returnTo: '/' })
  for (const transaction of [{}, 7, ['a']]) {
    const outcome = await client.completeLogin({ callback, transaction: transaction as unknown as string })
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'transaction_invalid', cause: { code: 'response_invalid' } })
  }
})
