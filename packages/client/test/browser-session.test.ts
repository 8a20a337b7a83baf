import { beforeEach, expect, test, vi } from 'vitest'
import { openSessionStage, type SessionStage } from './session-stage.js'

const authenticated = { status: 'authenticated', user: { sub: 'john' } }
let now = 0

beforeEach(() => {
  now = Date.now()
})

/** An issuer and a worker on one clock, and John logged in. */
async function logIn(settings = {}): Promise<SessionStage> {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now })
  const stage = await openSessionStage(settings)
  await stage.logIn()
  return stage
}

function passSeconds(seconds: number): void {
  vi.advanceTimersByTime(seconds * 1000)
}

const asks = (stage: SessionStage, times: number) => Promise.all(Array.from({ length: times }, () => stage.call('getAccessToken')))

test('1,000 who ask at the end of an access token make one request', async () => {
  using stage = await logIn()
  const [before] = await asks(stage, 1)
  passSeconds(301)
  const tokens = await asks(stage, 1000)
  expect(new Set(tokens).size).toBe(1)
  expect(tokens[0]).not.toBe(before)
  expect(stage.asked('refresh_token')).toBe(1)
})

test('an access token near its end is given at once, and renewed meanwhile', async () => {
  using stage = await logIn()
  const [before] = await asks(stage, 1)
  passSeconds(285)
  expect(await stage.call('getAccessToken')).toBe(before)
  await vi.waitFor(async () => expect(await stage.call('getAccessToken')).not.toBe(before))
  expect(stage.asked('refresh_token')).toBe(1)
})

test('an access token that is far from its end is not renewed', async () => {
  using stage = await logIn()
  passSeconds(200)
  await asks(stage, 10)
  expect(stage.asked('refresh_token')).toBe(0)
})

test('an outage of 30 seconds loses no session, and is not made worse', async () => {
  using stage = await logIn()
  const fault = stage.issuer.faults.add({ endpoint: 'token', kind: 'status', status: 503 })
  passSeconds(301)
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'unavailable' })
  await expect(Promise.all(Array.from({ length: 100 }, () => stage.call('getAccessToken')))).rejects.toMatchObject({ code: 'unavailable' })
  expect(fault.timesMet).toBe(1)
  expect(await stage.call('restore')).toMatchObject({ status: 'unavailable', user: { sub: 'john' } })
  passSeconds(30)
  fault.remove()
  expect(await stage.call('restore')).toMatchObject(authenticated)
  expect(await asks(stage, 3)).toHaveLength(3)
  expect(stage.told.at(-1)).toMatchObject(authenticated)
})

test('a token that is still good is used on when it cannot be renewed', async () => {
  using stage = await logIn()
  const [before] = await asks(stage, 1)
  stage.tampering['token'] = () => Promise.reject(new TypeError('Failed to fetch'))
  passSeconds(285)
  expect(await asks(stage, 3)).toEqual([before, before, before])
  passSeconds(10)
  expect(await asks(stage, 3)).toEqual([before, before, before])
  expect(await stage.call('restore')).toMatchObject(authenticated)
})

test('a step-up that was refused during an outage ends nothing, and says no more than that', async () => {
  using stage = await logIn()
  const { attempt } = await stage.call('start', { acrValues: ['gold'] })
  passSeconds(301)
  stage.tampering['token'] = () => new Response('', { status: 503 })
  const query = new URLSearchParams({ error: 'access_denied', state: attempt.state, iss: stage.issuer.issuer })
  const state = await stage.call('complete', `?${query}`, attempt)
  expect(state).toMatchObject({ status: 'unavailable', user: { sub: 'john' } })
  expect(state).not.toHaveProperty('error')
})

test.each([
  ['a page', () => new Response('<h1>Sorry</h1>', { headers: { 'content-type': 'text/html' } })],
  ['a client that is not known for a while', () => Response.json({ error: 'invalid_client' }, { status: 401 })],
  ['too many requests', () => new Response('', { status: 429 })],
])('%s instead of tokens ends no session', async (_title, answer) => {
  using stage = await logIn()
  passSeconds(301)
  stage.tampering['token'] = answer
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'unavailable' })
  delete stage.tampering['token']
  passSeconds(6)
  // The issuer has answered, and only its answer was lost: the token that was used up then is not good again.
  expect((await stage.call('restore')).status).not.toBe('unavailable')
})

test('a refresh token that is not good any more ends the session, once and for all', async () => {
  using stage = await logIn()
  stage.tampering['token'] = () => Response.json({ error: 'invalid_grant' }, { status: 400 })
  passSeconds(301)
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'no_session' })
  expect(stage.told.at(-1)).toEqual({ status: 'anonymous' })
  const asked = stage.asked('refresh_token')
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'no_session' })
  expect(await stage.call('restore')).toEqual({ status: 'anonymous' })
  expect(stage.asked('refresh_token')).toBe(asked)
})

test('a laptop that slept until the next day goes on, if the refresh token does', async () => {
  using stage = await logIn()
  passSeconds(86_000)
  expect(await stage.call('restore')).toMatchObject(authenticated)
  expect(stage.asked('refresh_token')).toBe(1)
})

test('a laptop that slept for longer than the session lasts is anonymous', async () => {
  using stage = await logIn()
  passSeconds(2 * 86_400)
  expect(await stage.call('restore')).toEqual({ status: 'anonymous' })
})

test('a clock that was set back has the token renewed rather than trusted for longer', async () => {
  using stage = await logIn()
  const [before] = await asks(stage, 1)
  vi.setSystemTime(now - 3_600_000)
  expect(await stage.call('getAccessToken')).not.toBe(before)
})

test('a new ID token about another user is refused', async () => {
  using stage = await logIn()
  passSeconds(301)
  stage.tampering['token'] = async (response) => {
    const iat = Math.floor(Date.now() / 1000)
    const idToken = await stage.issuer.idToken({ aud: 'app', sub: 'jane', iat, exp: iat + 60 })
    return Response.json({ ...(await response.json()), id_token: idToken })
  }
  await expect(stage.call('getAccessToken')).rejects.toThrow('of another user')
})

test('without a refresh token the session lasts as long as its access token', async () => {
  using stage = await logIn({ refreshToken: 'none' })
  expect(await asks(stage, 2)).toHaveLength(2)
  passSeconds(301)
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'no_session' })
  expect(stage.told.at(-1)).toEqual({ status: 'anonymous' })
  expect(stage.asked('refresh_token')).toBe(0)
})

test('a logout revokes the refresh token, and says where the server can end its session', async () => {
  using stage = await logIn()
  const url = new URL((await stage.call('logout', 'https://app.example.com/')) ?? '')
  expect(url.href.split('?')[0]).toBe(`${stage.issuer.issuer}/logout`)
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    client_id: 'app',
    post_logout_redirect_uri: 'https://app.example.com/',
    id_token_hint: expect.stringMatching(/^eyJ/),
  })
  expect(stage.issuer.requests.filter(({ endpoint }) => endpoint === 'revocation').map(({ status }) => status)).toEqual([200])
  expect(await stage.call('restore')).toEqual({ status: 'anonymous' })
})

test('a logout is done here, whatever becomes of it at the server', async () => {
  using stage = await logIn()
  stage.issuer.faults.add({ endpoint: '*', kind: 'status', status: 503 })
  await stage.call('logout', 'https://app.example.com/')
  expect(await stage.call('restore')).toEqual({ status: 'anonymous' })
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'no_session' })
})

test('no answer of the worker has the refresh token in it', async () => {
  using stage = await logIn()
  let refreshToken = ''
  stage.tampering['token'] = async (response) => {
    const answer = (await response.clone().json()) as { refresh_token: string }
    refreshToken = answer.refresh_token
    return response
  }
  passSeconds(301)
  const answers = [
    await stage.call('restore'),
    await stage.call('getAccessToken'),
    await stage.call('authorize', 'GET', 'https://api.example.com/'),
    await stage.call('logout', 'https://app.example.com/'),
    stage.told,
  ]
  expect(refreshToken.length).toBeGreaterThan(20)
  expect(JSON.stringify(answers)).not.toContain(refreshToken)
})
