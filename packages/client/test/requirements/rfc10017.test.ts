import { beforeEach, expect, test, vi } from 'vitest'
import { openSessionStage, type SessionStage } from '../session-stage.js'

const redirectUri = 'https://app.example.com/callback'
const redeemable = { status: 'authenticated', user: { sub: 'john' } }
let now = 0

beforeEach(() => {
  now = Date.now()
})

/** What the token endpoint is asked, form and headers, and what it answers. */
function recordTokenRequests(stage: SessionStage) {
  const asked: { form: Record<string, string>; headers: Headers; answer: Record<string, unknown> }[] = []
  stage.tampering['token'] = async (response, request) => {
    const form = Object.fromEntries(new URLSearchParams(await request.clone().text()))
    asked.push({ form, headers: request.headers, answer: (await response.clone().json()) as Record<string, unknown> })
    return response
  }
  return asked
}

const challengeOf = async (verifier = '') =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))).toString('base64url')

test('a code is redeemed with the verifier of its attempt, at the redirect URI that is configured, and without a secret', async () => {
  using stage = await openSessionStage({ resource: ['https://api.example.com'] }, { resources: ['https://api.example.com'] })
  const asked = recordTokenRequests(stage)
  const started = await stage.call('start', {})
  expect(await stage.call('complete', await stage.agree(started), started.attempt)).toMatchObject(redeemable)
  const { form, headers } = asked[0]!
  expect(Object.keys(form).toSorted()).toEqual(['client_id', 'code', 'code_verifier', 'grant_type', 'redirect_uri', 'resource'])
  expect(form).toMatchObject({ client_id: 'app', redirect_uri: redirectUri, resource: 'https://api.example.com' })
  expect(headers.has('authorization')).toBe(false)
  const sent = new URL(started.url).searchParams
  expect(sent.get('redirect_uri')).toBe(redirectUri)
  expect(sent.get('code_challenge')).toBe(await challengeOf(form['code_verifier']))
})

test('the code of another attempt is of no use, though its callback says that it is of this one', async () => {
  using stage = await openSessionStage()
  const [theirs, ours] = [await stage.call('start', {}), await stage.call('start', {})]
  const injected = new URLSearchParams(await stage.agree(ours))
  injected.set('code', new URLSearchParams(await stage.agree(theirs)).get('code') ?? '')
  expect(await stage.call('complete', `?${injected}`, ours.attempt)).toMatchObject({
    status: 'anonymous',
    error: { error: 'login_failed' },
  })
  expect(stage.issuer.requests.filter(({ endpoint }) => endpoint === 'token').map(({ status }) => status)).toEqual([400])
  await expect(stage.call('getAccessToken')).rejects.toMatchObject({ code: 'no_session' })
})

test.each(['', 'code'])('a token that comes in a callback is not taken, with %j beside it', async (beside) => {
  using stage = await openSessionStage()
  const asked = recordTokenRequests(stage)
  const started = await stage.call('start', {})
  const query = new URLSearchParams(await stage.agree(started))
  if (beside === '') query.delete('code')
  query.set('access_token', 'injected')
  query.set('token_type', 'Bearer')
  const { status } = await stage.call('complete', `?${query}`, started.attempt)
  expect(status).toBe(beside === '' ? 'anonymous' : 'authenticated')
  expect(await stage.call('getAccessToken').catch(({ code }: { code: string }) => code)).not.toBe('injected')
  expect(JSON.stringify(asked)).not.toContain('injected')
})

test('what a login answers, and what the page is told of it, has neither refresh token nor access token in it', async () => {
  using stage = await openSessionStage()
  const asked = recordTokenRequests(stage)
  const answers = [await stage.logIn(), await stage.call('restore'), stage.told]
  const { refresh_token: refreshToken, access_token: accessToken } = asked[0]?.answer ?? {}
  for (const secret of [refreshToken, accessToken]) {
    expect(secret).toMatch(/^[\w.-]{20,}$/)
    expect(JSON.stringify(answers)).not.toContain(secret)
  }
})

test('a code and what it brought are the only grants, and each refresh token is used once', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now })
  using stage = await openSessionStage()
  const asked = recordTokenRequests(stage)
  await stage.logIn()
  for (let refresh = 0; refresh < 3; refresh++) {
    vi.advanceTimersByTime(301_000)
    await stage.call('getAccessToken')
  }
  expect(asked.map(({ form }) => form['grant_type'])).toEqual(['authorization_code', ...Array.from({ length: 3 }, () => 'refresh_token')])
  const [given, sent] = [
    asked.slice(0, 3).map(({ answer }) => answer['refresh_token']),
    asked.slice(1).map(({ form }) => form['refresh_token']),
  ]
  expect(sent).toEqual(given)
  expect(new Set(sent).size).toBe(3)
})
