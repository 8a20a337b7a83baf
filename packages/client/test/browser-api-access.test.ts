import { expect, test } from 'vitest'
import { openSessionStage, type SessionStage } from './session-stage.js'

const api = 'https://api.example.com/orders'

async function loggedIn(settings = {}): Promise<SessionStage & { first: string }> {
  const stage = await openSessionStage(settings)
  await stage.logIn()
  return Object.assign(stage, { first: await stage.call('getAccessToken') })
}

const answered = (token: string, status: number, challenge?: string, isRenewed = false) => ({
  token,
  isRenewed,
  status,
  headers: challenge === undefined ? {} : { 'www-authenticate': challenge },
})

test('a request goes with the access token', async () => {
  using stage = await loggedIn()
  const { headers } = await stage.call('authorize', 'GET', api)
  expect(headers).toEqual({ authorization: `Bearer ${stage.first}` })
})

test('a request without a session is refused', async () => {
  using stage = await openSessionStage()
  await expect(stage.call('authorize', 'GET', api)).rejects.toMatchObject({ code: 'no_session' })
})

test.each([undefined, 'Bearer error="invalid_token"', 'Bearer realm="api"'])(
  'a 401 with %s is tried with a new token, once',
  async (challenge) => {
    using stage = await loggedIn()
    const again = await stage.call('authorize', 'GET', api, answered(stage.first, 401, challenge))
    expect(again.token).not.toBe(stage.first)
    expect(again.headers).toEqual({ authorization: `Bearer ${again.token}` })
    expect(await stage.call('authorize', 'GET', api, answered(again.token ?? '', 401, challenge, true))).toEqual({})
    expect(stage.asked('refresh_token')).toBe(1)
  },
)

test('many who were refused with the same token share one refresh', async () => {
  using stage = await loggedIn()
  const again = await Promise.all(Array.from({ length: 50 }, () => stage.call('authorize', 'GET', api, answered(stage.first, 401))))
  expect(new Set(again.map(({ token }) => token)).size).toBe(1)
  expect(stage.asked('refresh_token')).toBe(1)
})

test.each([
  [
    401,
    'Bearer error="insufficient_user_authentication", acr_values="gold silver", max_age="300"',
    { acrValues: ['gold', 'silver'], maxAgeSeconds: 300 },
  ],
  [401, 'DPoP error="insufficient_user_authentication", max_age=0', { maxAgeSeconds: 0 }],
  [401, 'Bearer error="insufficient_user_authentication", max_age="soon"', {}],
  [401, 'Basic realm="x", Bearer error="insufficient_user_authentication", acr_values="gold"', { acrValues: ['gold'] }],
  [403, 'Bearer error="insufficient_scope", scope="orders_write payment"', { scope: 'orders_write payment' }],
])('a %i with %s is a step-up', async (status, challenge, stepUp) => {
  using stage = await loggedIn()
  expect(await stage.call('authorize', 'GET', api, answered(stage.first, status, challenge))).toEqual({ stepUp })
  expect(stage.asked('refresh_token')).toBe(0)
})

test.each([
  [403, undefined],
  [403, 'Bearer error="invalid_token"'],
  [403, 'Bearer error="insufficient_scope'],
])('a %i with %s stands as it is', async (status, challenge) => {
  using stage = await loggedIn()
  expect(await stage.call('authorize', 'GET', api, answered(stage.first, status, challenge))).toEqual({})
  expect(stage.asked('refresh_token')).toBe(0)
})

test('a request of one user is not sent again for another', async () => {
  using stage = await loggedIn()
  const { sub } = await stage.call('authorize', 'GET', api)
  expect(sub).toBe('john')
  const refused = { ...answered(stage.first, 401), sub }
  await stage.logIn({}, 'jane')
  expect(await stage.call('authorize', 'GET', api, refused)).toEqual({})
  expect(await stage.call('authorize', 'GET', api)).toMatchObject({ sub: 'jane' })
})

test('a request goes on for the user whose it is', async () => {
  using stage = await loggedIn()
  const { token } = await stage.call('authorize', 'GET', api, { ...answered(stage.first, 401), sub: 'john' })
  expect(token).toMatch(/^eyJ/)
  expect(token).not.toBe(stage.first)
})

test('a nonce that is wanted after a renewal is tried too, with the token of the renewal', async () => {
  using stage = await loggedIn()
  const again = await stage.call('authorize', 'GET', api, answered(stage.first, 401))
  const wanted = answered(again.token ?? '', 401, 'DPoP error="use_dpop_nonce"', true)
  expect((await stage.call('authorize', 'GET', api, wanted)).token).toBe(again.token)
  expect(stage.asked('refresh_token')).toBe(1)
})

test('a 401 stands where the token cannot be renewed, and ends nothing', async () => {
  using stage = await loggedIn({ refreshToken: 'none' })
  expect(await stage.call('authorize', 'GET', api, answered(stage.first, 401))).toEqual({})
  expect(await stage.call('getAccessToken')).toBe(stage.first)
  expect(stage.told).toEqual([])
})

test('what an API has answered stands, though the session has ended since', async () => {
  using stage = await loggedIn()
  await stage.call('logout', 'https://app.example.com/')
  expect(await stage.call('authorize', 'GET', api, answered(stage.first, 403))).toEqual({})
})
