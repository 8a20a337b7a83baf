import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl, codeForm, logIn, post, redirectUri } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const contract = { audience: 'orders-api', scopes: { orders_read: { claims: ['account_nr'] } } }
const users = [
  { sub: 'john', claims: { account_nr: '42', sub: 'root', client_id: 'root', scope: 'root' } },
  { sub: 'jane', claims: { account_nr: null } },
]

async function openLogin(scope = 'orders_read') {
  const issuer = await createMockIssuer({ contract, users })
  const browser = createBrowser(issuer.fetch)
  return { issuer, browser, page: await browser.open(authorizationUrl(issuer, { scope })) }
}

test('sends a user who was chosen back with a code, the state and the issuer', async () => {
  const { issuer, page } = await openLogin()
  const { response } = await page.submit({ user: 'john' })

  const location = new URL(response.headers.get('location') ?? '')
  expect(response.status).toBe(303)
  expect(Object.fromEntries(location.searchParams)).toEqual({
    code: expect.stringMatching(/^[\w-]{43}$/),
    state: 'state-1',
    iss: issuer.issuer,
  })
})

test('gives the user’s claims to the token, and none that say who logged in where', async () => {
  const issuer = await createMockIssuer({ contract, users })
  const code = (await logIn(issuer, { scope: 'orders_read' })).get('code')
  const { access_token: token } = await (await post(issuer, '/token', codeForm(code))).json()

  expect(decodeJwt(token)).toMatchObject({ account_nr: '42', sub: 'john', client_id: 'app', scope: 'orders_read' })
})

test('logs in anyone whose name was typed', async () => {
  const issuer = await createMockIssuer()
  const code = (await logIn(issuer, {}, { username: ' someone ', action: 'continue' })).get('code')
  const { access_token: token } = await (await post(issuer, '/token', codeForm(code))).json()

  expect(decodeJwt(token).sub).toBe('someone')
})

test('gives a configured user who was typed the configured claims', async () => {
  const { page } = await openLogin()
  const { response } = await page.submit({ username: 'john' })

  expect(response.status).toBe(303)
})

test('tells the client that the user cancelled', async () => {
  const { issuer, page } = await openLogin()
  const { response } = await page.submit({ action: 'cancel' })

  expect(Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams)).toMatchObject({
    error: 'access_denied',
    state: 'state-1',
    iss: issuer.issuer,
  })
})

test.each([
  [
    'jane',
    { user: 'jane' },
    'jane lacks the claim account_nr, which orders_read requires. Untick orders_read, or give jane the claim account_nr.',
  ],
  [
    'typed',
    { username: 'typed' },
    'typed is none of the configured users, so lacks the claim account_nr, which orders_read requires. ' +
      'Untick orders_read, or add typed to the users with the claim account_nr.',
  ],
])('asks again when the contract would not allow a token for %s, and says what to do', async (_, fields, problem) => {
  const { issuer, page } = await openLogin()
  const again = await page.submit(fields)

  expect(again.response.status).toBe(400)
  expect(again.html).toContain(problem)
  expect(issuer.requests.at(-1)?.refusal).toMatchObject({ error: 'interaction_required', description: problem })
  expect((await again.submit({ user: 'john' })).response.status).toBe(303)
})

test('does not offer to untick what a client of the house asks for', async () => {
  const clients = [{ clientId: 'app', redirectUris: [redirectUri], consent: 'implied' as const }]
  const issuer = await createMockIssuer({ contract, users, clients })
  const page = await createBrowser(issuer.fetch).open(authorizationUrl(issuer, { scope: 'orders_read' }))
  const { html } = await page.submit({ user: 'jane' })

  expect(html).toContain('which orders_read requires. Give jane the claim account_nr.')
})

test.each([{}, { username: '   ' }, { username: 'jöhn' }, { username: 'x'.repeat(256) }, { username: 'a\nb' }])(
  'asks again for a user name that cannot be a sub: %j',
  async (fields) => {
    const { page } = await openLogin()
    const again = await page.submit(fields)

    expect(again.response.status).toBe(400)
    expect(again.html).toContain('A user name is 1 to 255 ASCII characters.')
  },
)

test('takes one answer only', async () => {
  const { page } = await openLogin()
  const both = await Promise.all([page.submit({ user: 'john' }), page.submit({ user: 'john' })])

  expect(both.map(({ response }) => response.status).toSorted((a, b) => a - b)).toEqual([303, 400])
})

test('takes no answer from another browser', async () => {
  const { issuer, page } = await openLogin()
  const login = /name="login" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const stranger = createBrowser(issuer.fetch)
  await stranger.open(authorizationUrl(issuer))

  for (const browser of [stranger, createBrowser(issuer.fetch)]) {
    const { response } = await browser.open(`${issuer.issuer}/login`, {
      method: 'POST',
      body: new URLSearchParams({ login, user: 'john' }),
    })
    expect(response.status).toBe(403)
    expect(response.headers.get('location')).toBe(null)
  }
})

test('takes no answer after ten minutes', async () => {
  const { issuer, page } = await openLogin()
  issuer.clock.advanceSeconds(600)

  expect((await page.submit({ user: 'john' })).response.status).toBe(400)
})

test('keeps two pages apart that one browser has open', async () => {
  const { issuer, browser, page } = await openLogin()
  const second = await browser.open(authorizationUrl(issuer, { scope: 'orders_read', state: 'state-2' }))

  const locations = [await page.submit({ user: 'john' }), await second.submit({ user: 'john' })].map(
    ({ response }) => new URL(response.headers.get('location') ?? ''),
  )
  expect(locations.map(({ searchParams }) => searchParams.get('state'))).toEqual(['state-1', 'state-2'])
})

test('keeps its cookie from scripts and other sites, and to https where the issuer has it', async () => {
  const issuer = await createMockIssuer({ issuer: 'https://login.example.com/tenant' })
  const { response } = await createBrowser(issuer.fetch).open(authorizationUrl(issuer))

  expect(response.headers.get('set-cookie')).toMatch(
    /^mock_issuer_browser_[0-9a-f]{8}=[\w-]{43}; Path=\/tenant; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
  )
})
