import { expect, test, vi } from 'vitest'
import { openSessionStage, type SessionStage } from './session-stage.js'

/** John, logged in, whose access token has just ended. At this issuer a refresh token that comes twice ends the session. */
async function atRefresh(settings = {}): Promise<SessionStage & { before: unknown }> {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() })
  const stage = await openSessionStage(settings)
  const before = await stage.logIn()
  passSeconds(301)
  return Object.assign(stage, { before })
}

const passSeconds = (seconds: number) => void vi.advanceTimersByTime(seconds * 1000)

/** The session goes on by what the refresh has brought. */
async function expectToGoOn(stage: SessionStage): Promise<void> {
  stage.tampering['jwks'] = stage.tampering['token'] = (response) => response
  passSeconds(301)
  expect(await stage.call('getAccessToken')).toMatch(/^eyJ/)
  expect(await stage.call('restore')).toMatchObject({ status: 'authenticated', user: { sub: 'john' } })
  expect(stage.issuer.requests.filter(({ endpoint }) => endpoint === 'token').map(({ status }) => status)).not.toContain(400)
}

/** Has a refresh bring something else, such as an ID token with other claims. */
function bring(stage: SessionStage, change: (body: Record<string, unknown>) => object | Promise<object>): void {
  stage.tampering['token'] = async (response) => Response.json({ ...(await change((await response.json()) as Record<string, unknown>)) })
}

function bringIdToken(stage: SessionStage, claims: Record<string, unknown>): void {
  const iat = Math.floor(Date.now() / 1000)
  bring(stage, async (body) => ({
    ...body,
    id_token: await stage.issuer.idToken({ aud: 'app', sub: 'john', iat, exp: iat + 60, ...claims }),
  }))
}

test.each([
  ['are away', () => new Response('', { status: 503 })],
  ['do not arrive', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['are no key set', () => Response.json({ keys: { kid: 'a' } })],
  ['are nobody’s', () => Response.json({ keys: [null, 'key'] })],
  ['have not the one that is needed', () => Response.json({ keys: [] })],
])('a refresh while the server’s keys %s brings its tokens, and the user stays as they were', async (_title, answer) => {
  using stage = await atRefresh()
  stage.tampering['jwks'] = answer
  expect(await stage.call('getAccessToken')).toMatch(/^eyJ/)
  expect(await stage.call('restore')).toEqual(stage.before)
  await expectToGoOn(stage)
  expect(await stage.call('restore')).not.toEqual(stage.before)
})

test.each([
  ['ahead', { exp: 1 }],
  ['behind', { nbf: 4e9 }],
])('a refresh while this clock is far %s brings its tokens', async (_title, dates) => {
  using stage = await atRefresh()
  bringIdToken(stage, dates)
  expect(await stage.call('getAccessToken')).toMatch(/^eyJ/)
  expect(await stage.call('restore')).toEqual(stage.before)
  await expectToGoOn(stage)
})

test.each([
  ['another audience', { aud: 'other' }],
  ['another issuer', { iss: 'https://other.example.com' }],
])('an ID token of %s has a refresh refused, and the session goes on by its refresh token', async (_title, claims) => {
  using stage = await atRefresh()
  bringIdToken(stage, claims)
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'unavailable' })
  await expectToGoOn(stage)
})

test('an ID token that the key which it names has not signed has a refresh refused, and the session goes on by its refresh token', async () => {
  using stage = await atRefresh()
  bring(stage, (body) => ({ ...body, id_token: String(body['id_token']).replace(/[^.]+$/, 'c2ln') }))
  await expect(stage.call('getAccessToken')).rejects.toThrow("The ID token is not the server's.")
  await expectToGoOn(stage)
})

test.each([
  ['the type of its token is unknown', { token_type: 'mac' }],
  ['it has no access token', { access_token: undefined }],
  ['its lifetime is no number', { expires_in: 'soon' }],
  ['its token is bound, which the app does not want', { token_type: 'DPoP' }],
])('a refresh that cannot be used, as %s, leaves its refresh token', async (_title, members) => {
  using stage = await atRefresh({ dpop: 'never' })
  bring(stage, (body) => ({ ...body, ...members }))
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'unavailable' })
  await expectToGoOn(stage)
})

test('the refresh token of an answer about another user is not taken', async () => {
  using stage = await atRefresh()
  bringIdToken(stage, { sub: 'jane' })
  await expect(stage.call('getAccessToken')).rejects.toThrow('of another user')
  delete stage.tampering['token']
  passSeconds(6)
  const forms: string[] = []
  stage.tampering['token'] = async (response, request) => {
    forms.push(await request.text())
    return response
  }
  await stage.call('getAccessToken').catch(() => {})
  expect(forms).toHaveLength(1)
  expect(await stage.call('restore')).not.toMatchObject({ user: { sub: 'jane' } })
})

test('a refresh that is answered after everybody has given up is kept, and told', async () => {
  using stage = await atRefresh({ timeoutMs: 300 })
  let release = () => {}
  stage.tampering['token'] = async (response) => {
    await new Promise<void>((resolve) => (release = resolve))
    return response
  }
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'unavailable' })
  expect(await stage.call('restore')).toMatchObject({ status: 'unavailable' })
  release()
  await vi.waitFor(() => expect(stage.told.at(-1)).toMatchObject({ status: 'authenticated' }))
  await expectToGoOn(stage)
})

test('a logout ends the refresh that is on the wire', async () => {
  using stage = await atRefresh()
  const signals: AbortSignal[] = []
  stage.tampering['token'] = (_response, { signal }) => {
    signals.push(signal)
    return new Promise<Response>(() => {})
  }
  const waiting = expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'no_session' })
  await vi.waitFor(() => expect(signals).toHaveLength(1))
  await stage.call('logout', 'https://app.example.com/')
  await waiting
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})

test('an answer that does not end is not read to its end', async () => {
  using stage = await atRefresh()
  let pulled = 0
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(65_536))
      },
    })
  stage.tampering['token'] = () => new Response(endless())
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'unavailable' })
  expect(pulled).toBeLessThan(20)
})
