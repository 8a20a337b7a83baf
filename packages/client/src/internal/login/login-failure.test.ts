import { describe, expect, test } from 'vitest'
import { appOf } from '../../../test/app.js'
import { comeBack, createLoginStage, redirectUri } from '../../../test/login-attempt.js'
import { createClient } from '../../create-client.js'

describe('a refusal of the server', () => {
  test.each([
    'access_denied',
    'login_required',
    'consent_required',
    'unmet_authentication_requirements',
    'invalid_scope',
    'invalid_request',
  ])('%s is an outcome with its texts', async (error) => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started } = await logIn({ returnTo: '/orders', appState: 'a' })
    const callback = new URLSearchParams({ error, error_description: 'No.', state: started.state, iss: issuer.issuer })
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toEqual({
      kind: 'refused',
      error: { error, description: 'No.' },
      returnTo: '/orders',
      appState: 'a',
    })
  })

  test('comes from prompt=none without a session', async () => {
    const { client, issuer } = await createLoginStage()
    const started = await client.startLogin({ prompt: 'none' })
    const callback = await comeBack(issuer, started.url)
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toMatchObject({
      kind: 'refused',
      error: { error: 'login_required' },
    })
  })

  test('with markup, quotes and control characters has only what RFC 6749 allows, to a length', async () => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started } = await logIn()
    const description = `<script>alert("1")</script>\r\nSet-Cookie: a=b\\${'x'.repeat(1000)}`
    const callback = new URLSearchParams({
      error: 'access_denied',
      error_description: description,
      state: started.state,
      iss: issuer.issuer,
    })
    const outcome = await client.completeLogin({ callback, transaction: started.transaction })
    if (outcome.kind !== 'refused') throw new Error(outcome.kind)
    expect(outcome.error.description).toMatch(/^<script>alert\(\?1\?\)<\/script>\?\?Set-Cookie: a=b\?x+$/)
    expect(outcome.error.description).toHaveLength(500)
  })

  test.each(['temporarily_unavailable', 'server_error'])('%s is an outage', async (error) => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started } = await logIn({ returnTo: '/orders' })
    const callback = new URLSearchParams({ error, state: started.state, iss: issuer.issuer })
    const outcome = await client.completeLogin({ callback, transaction: started.transaction })
    expect(outcome).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5, returnTo: '/orders', cause: { code: 'server_unavailable' } })
  })
})

describe('a server in trouble', () => {
  test('at the token endpoint is an outage, with what it asks for', async () => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started, callback } = await logIn({ returnTo: '/orders' })
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 503, retryAfterSeconds: 17, body: '<h1>Down</h1>' })
    expect(await client.completeLogin({ callback, transaction: started.transaction })).toMatchObject({
      kind: 'unavailable',
      retryAfterSeconds: 17,
      returnTo: '/orders',
    })
  })

  test.each([{ kind: 'reset' }, { kind: 'hang' }, { kind: 'status', status: 500 }, { kind: 'status', status: 429 }] as const)(
    'with %j is an outage',
    async (fault) => {
      const { issuer, client, logIn } = await createLoginStage({ client: { timeoutMs: 50 } })
      const { started, callback } = await logIn()
      issuer.faults.add({ endpoint: 'token', ...fault })
      expect((await client.completeLogin({ callback, transaction: started.transaction })).kind).toBe('unavailable')
      issuer.faults.clear()
    },
  )

  test('whose keys cannot be had is an outage, and nobody is logged in', async () => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    issuer.faults.add({ endpoint: 'jwks', kind: 'status', status: 500 })
    expect((await client.completeLogin({ callback, transaction: started.transaction })).kind).toBe('unavailable')
  })

  test('that cannot be discovered is an outage', async () => {
    const { issuer, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    const fresh = appOf(issuer, { redirectUri })
    issuer.faults.add({ endpoint: '*', kind: 'reset' })
    expect((await fresh.completeLogin({ callback, transaction: started.transaction })).kind).toBe('unavailable')
  })
})

describe('what no user can help', () => {
  test('is thrown: a client that the server does not know any more', async () => {
    const { issuer, client, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 401, body: { error: 'invalid_client' } })
    await expect(client.completeLogin({ callback, transaction: started.transaction })).rejects.toMatchObject({
      code: 'request_refused',
      oauthError: { error: 'invalid_client', status: 401 },
    })
  })

  test('is thrown: a key that cannot sign, which is no fault of the server', async () => {
    const { issuer, logIn, client } = await createLoginStage({ client: { pushedAuthorizationRequests: 'never' } })
    const { started, callback } = await logIn()
    const keyless = createClient({
      issuer: issuer.issuer,
      clientId: client.clientId,
      redirectUri,
      authentication: { method: 'private_key_jwt', privateKey: { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'hush' } },
      fetch: issuer.fetch,
      now: issuer.clock.now,
    })
    const error = await keyless.completeLogin({ callback, transaction: started.transaction }).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ code: 'configuration_invalid', message: expect.stringContaining('authentication.privateKey') })
    expect(String(error)).not.toContain('hush')
  })

  test('is thrown: metadata of another issuer', async () => {
    const { issuer, client } = await createLoginStage()
    issuer.faults.add({ endpoint: 'openid-configuration', kind: 'wrong-issuer', issuer: 'https://attacker.example.org' })
    await expect(client.startLogin()).rejects.toMatchObject({ code: 'response_invalid' })
  })

  test('is thrown: the signal of the caller', async () => {
    const { client, logIn } = await createLoginStage()
    const { started, callback } = await logIn()
    const signal = AbortSignal.abort()
    await expect(client.completeLogin({ callback, transaction: started.transaction, signal })).rejects.toMatchObject({ code: 'aborted' })
  })
})
