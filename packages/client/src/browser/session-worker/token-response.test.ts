import { processGenericTokenEndpointResponse } from 'oauth4webapi'
import { expect, test } from 'vitest'
import { readTokenResponse, TokenRefusal } from './token-response.js'

const good = { access_token: 'access', token_type: 'Bearer', expires_in: 300 }
const json = (body: unknown, status = 200) => Response.json(body, { status })

test('gives what the server has given', async () => {
  expect(await readTokenResponse(json({ ...good, refresh_token: 'refresh', id_token: 'id', scope: 'openid' }))).toEqual({
    accessToken: 'access',
    isBound: false,
    lifetimeSeconds: 300,
    refreshToken: 'refresh',
    idToken: 'id',
  })
  expect(await readTokenResponse(json({ access_token: 'access', token_type: 'DPoP' }))).toEqual({
    accessToken: 'access',
    isBound: true,
    lifetimeSeconds: undefined,
    refreshToken: undefined,
    idToken: undefined,
  })
})

test.each([
  [400, 'invalid_grant'],
  [401, 'invalid_client'],
])('a %i with an error is a refusal: %s', async (status, error) => {
  const refused = readTokenResponse(json({ error, error_description: 'The token eyJ is spent.' }, status))
  await expect(refused).rejects.toBeInstanceOf(TokenRefusal)
  await expect(refused).rejects.toMatchObject({ error, message: `The server says ${error}.` })
})

test.each([
  ['an outage', json({ error: 'invalid_grant' }, 503)],
  ['too many requests', json({ error: 'invalid_grant' }, 429)],
  ['a page that is missing', json({ error: 'invalid_grant' }, 404)],
  ['a success', json({ ...good, error: 'invalid_grant' })],
  ['a page', new Response('<h1>invalid_grant</h1>', { status: 400 })],
  ['an error that is no text', json({ error: ['invalid_grant'] }, 400)],
  ['an error that is empty', json({ error: '' }, 400)],
])('%s is no refusal', async (_title, response) => {
  const outcome = await readTokenResponse(response).catch((error: unknown) => error)
  expect(outcome).not.toBeInstanceOf(TokenRefusal)
})

test.each(['access\n', 'a\u0000b', 'токен', '\u{1f511}', '\u007f'])(
  'an access token that no header can carry is none: %j',
  async (accessToken) => {
    await expect(readTokenResponse(json({ ...good, access_token: accessToken }))).rejects.toThrow('without tokens that can be used')
  },
)

test('an answer that is broken off, or spoilt, is not repeated in the error', async () => {
  for (const text of ['{"access_token":"eyJhbGciOi', 'eyJhbGciOiJub25lIn0', '{"access_token": eyJhbGciOi}']) {
    await expect(readTokenResponse(new Response(text))).rejects.toThrow('The token endpoint answered 200, without tokens that can be used.')
  }
})

const values = [undefined, null, '', 'text', 'bearer', 'DPOP', 'mac', 0, 1, -1, 300.5, '300', '-1', '1e3', true, {}]

test.each([
  ['bodies', [good, null, [], 'text', 5, {}]],
  // An ID token is read afterwards.
  ['an id_token', ['', null, 5, {}].map((value) => ({ ...good, id_token: value }))],
  ...['access_token', 'token_type', 'expires_in', 'refresh_token', 'error'].map((member): [string, unknown[]] => [
    `an ${member}`,
    values.map((value) => ({ ...good, [member]: value })),
  ]),
])('takes and refuses what oauth4webapi does: %s', async (_title, bodies) => {
  const [server, client] = [{ issuer: 'https://login.example.com' }, { client_id: 'app' }]
  const verdicts = bodies
    .flatMap((body) => [200, 201, 400, 500].map((status) => ({ status, body })))
    .map(async ({ status, body }) => {
      const [theirs, ours] = await Promise.allSettled([
        processGenericTokenEndpointResponse(server, client, json(body, status)),
        readTokenResponse(json(body, status)),
      ])
      const areRefusals = [theirs, ours].map((outcome) => outcome.status === 'rejected' && 'error' in Object(outcome.reason))
      return { status, body, isAgreed: theirs.status === ours.status && areRefusals[0] === areRefusals[1] }
    })
  expect((await Promise.all(verdicts)).filter(({ isAgreed }) => !isAgreed)).toEqual([])
})
