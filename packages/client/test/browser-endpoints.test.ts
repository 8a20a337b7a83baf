import { expect, test, vi } from 'vitest'
import { openSessionStage, type SessionStage } from './session-stage.js'

/** Has the server publish something else; `undefined` leaves it out. Gives what is asked for from then on. */
function publish(stage: SessionStage, members: Record<string, unknown>) {
  stage.tampering['openid-configuration'] = async (response) => Response.json({ ...(await response.json()), ...members })
  const fetched = vi.spyOn(globalThis, 'fetch')
  return () => fetched.mock.calls.map(([url]) => new Request(url).url.split('/').at(-1))
}

const bad = [
  'http://login.example.com/bad',
  undefined,
  null,
  '',
  '/bad',
  'javascript:bad',
  'data:,/bad',
  'https://john@login.example.com/bad',
  'http://localhost@login.example.com/bad',
  'http://localhost.example.com/bad',
]

test.each(bad)('a code goes to no token endpoint such as %s', async (url) => {
  using stage = await openSessionStage()
  const asked = publish(stage, { token_endpoint: url })
  expect(await stage.logIn()).toMatchObject({ status: 'anonymous', error: { error: 'login_failed' } })
  expect(asked()).toEqual(['openid-configuration'])
})

test.each(bad)('a request is pushed to no endpoint such as %s', async (url) => {
  using stage = await openSessionStage()
  const asked = publish(stage, { pushed_authorization_request_endpoint: url, require_pushed_authorization_requests: true })
  await expect(stage.call('start', {})).rejects.toMatchObject({ code: 'unavailable' })
  expect(asked()).toEqual(['openid-configuration'])
})

test.each(bad)('keys are taken from no place such as %s', async (url) => {
  using stage = await openSessionStage()
  const asked = publish(stage, { jwks_uri: url })
  expect(await stage.logIn()).toMatchObject({ status: 'anonymous', error: { error: 'login_failed' } })
  expect(asked()).toEqual(['openid-configuration', 'token'])
})

test.each(bad)('a refresh token is revoked at no endpoint such as %s, and the logout goes on', async (url) => {
  using stage = await openSessionStage()
  const asked = publish(stage, { revocation_endpoint: url })
  await stage.logIn()
  expect(await stage.call('logout', 'https://app.example.com/')).toContain('/logout?')
  expect(asked()).toEqual(['openid-configuration', 'token', 'jwks'])
})

/** Has time limits pass when the test says so. */
function holdTime(): Disposable & { pass(ms: number): void } {
  const limits: { ms: number; controller: AbortController }[] = []
  const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController()
    limits.push({ ms, controller })
    return controller.signal
  })
  return {
    [Symbol.dispose]: () => spy.mockRestore(),
    pass(ms) {
      for (const limit of limits) if (limit.ms === ms) limit.controller.abort(new DOMException('', 'TimeoutError'))
    },
  }
}

test('a server that hangs keeps nobody from logging out: the revocation is waited for for two seconds', async () => {
  using stage = await openSessionStage()
  await stage.logIn()
  using time = holdTime()
  const hangs = vi.fn(() => new Promise<Response>(() => {}))
  stage.tampering['revoke'] = hangs
  const ending = stage.call('logout', 'https://app.example.com/')
  await vi.waitFor(() => expect(stage.told).toEqual([{ status: 'anonymous' }]))
  expect(await stage.call('restore')).toEqual({ status: 'anonymous' })
  await vi.waitFor(() => expect(hangs).toHaveBeenCalled())
  time.pass(2000)
  expect(await ending).toContain('/logout?')
})

test('a logout without an answer of the server ends, and is one here', async () => {
  using stage = await openSessionStage({ timeoutMs: 4000 })
  using time = holdTime()
  const hangs = vi.fn(() => new Promise<Response>(() => {}))
  stage.tampering['openid-configuration'] = hangs
  const ending = stage.call('logout', 'https://app.example.com/')
  await vi.waitFor(() => expect(hangs).toHaveBeenCalled())
  expect(stage.told).toEqual([{ status: 'anonymous' }])
  time.pass(4000)
  expect(await ending).toBe(undefined)
})

test('no redirect of the server is followed, and nothing waits for ever', async () => {
  using stage = await openSessionStage({}, { requirePushedAuthorizationRequests: true })
  const fetched = vi.spyOn(globalThis, 'fetch')
  await stage.logIn()
  await stage.call('logout', 'https://app.example.com/')
  const asked = fetched.mock.calls.map(([, init]) => [init?.redirect, init?.signal instanceof AbortSignal])
  expect(asked).toHaveLength(5)
  expect(new Set(asked.map(String))).toEqual(new Set(['error,true']))
})

test.each(['openid-configuration', 'jwks'])('what comes with an error is not taken for the %s', async (document) => {
  using stage = await openSessionStage()
  stage.tampering[document] = async (response) => Response.json(await response.json(), { status: 500 })
  const outcome = await stage.logIn().catch((error: { code: string }) => error.code)
  expect(outcome).toEqual(document === 'jwks' ? expect.objectContaining({ status: 'anonymous' }) : 'unavailable')
})
