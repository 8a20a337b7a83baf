import { describe, expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import type { OpenPage } from '../../../test/browser.js'
import { authorize, logInWith, redeem, redirectOf } from '../../../test/session-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'

const contract = {
  audience: 'orders-api',
  scopes: { orders_read: { description: 'Read orders', claims: ['account_nr'] }, orders_write: { claims: ['account_nr'] } },
}
const users = [
  {
    sub: 'john',
    name: 'John',
    description: 'Trader',
    claims: { account_nr: '42', roles: ['trader', 'clerk'], limits: { daily: 5, unit: 'EUR' } },
  },
  { sub: 'jane', name: 'Jane', profile: { email: 'jane@example.com' } },
]
const choice = { choose_scopes: '1' }

async function openPage(changes: Record<string, string | undefined> = {}) {
  const issuer = await createMockIssuer({ contract, users, authorizationDetailsTypes: ['payment'] })
  const browser = createBrowser(issuer.fetch)
  return { issuer, browser, page: await authorize(browser, issuer, { scope: 'openid orders_read orders_write', ...changes }) }
}

const sessionButton = ({ html }: OpenPage): string | undefined => /name="session" value="([^"]+)"/.exec(html)?.[1]
const text = ({ html }: OpenPage): string => html.replaceAll(/<style[^]*<\/style>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('the page', () => {
  test('shows the claims that each user’s tokens will have', async () => {
    const { page } = await openPage()

    expect(text(page)).toContain('John Trader account_nr 42 roles trader, clerk limits daily: 5, unit: EUR')
  })

  test('shows six claims, and how many more there are, and cuts what is long', async () => {
    const claims = { ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`c${index}`, index])), c0: 'x'.repeat(100) }
    const issuer = await createMockIssuer({ users: [{ sub: 'john', claims }] })
    const page = await authorize(createBrowser(issuer.fetch), issuer)

    expect(text(page)).toContain(`c0 ${'x'.repeat(79)}… c1 1 c2 2 c3 3 c4 4 c5 5 and 2 more`)
  })

  test('puts the user whom the application expects first, by email too', async () => {
    const { page } = await openPage({ login_hint: 'jane@example.com' })

    expect(text(page)).toMatch(/Jane jane Suggested by the application .*John/)
  })

  test('fills in the name of someone else whom the application expects', async () => {
    const { page } = await openPage({ login_hint: 'someone' })

    expect(page.html).toMatch(/name="username"\s+value="someone"/)
  })

  test('shows the details and the API that are asked for', async () => {
    const { page } = await openPage({ authorization_details: '[{"type":"payment","actions":["start"]}]' })

    expect(text(page)).toContain('For type payment actions start')
  })
})

describe('what is granted', () => {
  test('is what was asked for, less what was unticked', async () => {
    const { issuer, page } = await openPage()
    const { scope } = await redeem(issuer, redirectOf(await page.submit({ ...choice, user: 'john', 'scope:orders_read': 'on' }))['code'])

    expect(scope).toBe('openid orders_read')
  })

  test('is never more than what was asked for', async () => {
    const { issuer, page } = await openPage({ scope: 'openid' })
    const fields = { ...choice, user: 'john', 'scope:orders_read': 'on', 'scope:email': 'on' }

    expect((await redeem(issuer, redirectOf(await page.submit(fields))['code'])).scope).toBe('openid')
  })

  test('can be less, so that a user without a claim can log in', async () => {
    const { page } = await openPage()

    expect((await page.submit({ ...choice, user: 'jane', 'scope:orders_read': 'on' })).response.status).toBe(400)
    expect((await page.submit({ ...choice, user: 'jane' })).response.status).toBe(303)
  })

  test('stays chosen when the page asks again', async () => {
    const { page } = await openPage()
    const again = await page.submit({ ...choice, user: 'jane', 'scope:orders_write': 'on' })

    expect(again.html).toMatch(/name="scope:orders_write" checked/)
    expect(again.html).toMatch(/name="scope:orders_read"\s+\/>/)
  })
})

describe('an error', () => {
  test.each(['server_error', 'temporarily_unavailable', 'interaction_required'])('can be chosen as the answer: %s', async (error) => {
    const { issuer, page } = await openPage()
    const answer = redirectOf(await page.submit({ action: 'error', error }))

    expect(answer).toEqual({ error, error_description: 'Chosen on the login page.', state: 'state-1', iss: issuer.issuer })
  })

  test('is not any text', async () => {
    const { page } = await openPage()
    const answer = await page.submit({ action: 'error', error: 'root' })

    expect(answer.response.status).toBe(400)
    expect(answer.response.headers.get('location')).toBe(null)
  })
})

describe('a session', () => {
  test('is offered first, and goes on with a click', async () => {
    const { issuer, browser } = await openPage()
    const first = await logInWith(browser, issuer)
    issuer.clock.advanceSeconds(300)
    const page = await authorize(browser, issuer, { prompt: 'select_account' })

    expect(text(page)).toContain('John is logged in Since 5 minutes ago, with urn:example:pwd Go on as John')
    const { idToken } = await redeem(issuer, redirectOf(await page.submit({ session: sessionButton(page) ?? '' }))['code'])
    expect(idToken).toMatchObject({ sub: 'john', auth_time: first.idToken['auth_time'], sid: first.idToken['sid'] })
  })

  test('is not offered where a new login is asked for, nor taken if it is posted all the same', async () => {
    const { issuer, browser } = await openPage()
    const { idToken } = await logInWith(browser, issuer)
    issuer.clock.advanceSeconds(10)

    for (const changes of [{ prompt: 'login' }, { max_age: '5' }, { max_age: '0' }, { acr_values: 'urn:example:mfa' }]) {
      const page = await authorize(browser, issuer, changes)
      expect(sessionButton(page)).toBe(undefined)
      expect((await page.submit({ session: String(idToken['sid']) })).response.status).toBe(400)
    }
  })

  test('is not taken from a browser that does not have it', async () => {
    const { issuer, browser } = await openPage()
    const { idToken } = await logInWith(browser, issuer)
    const page = await authorize(createBrowser(issuer.fetch), issuer)

    expect((await page.submit({ session: String(idToken['sid']) })).response.status).toBe(400)
  })

  test('is another one for another user, and the same one for a new login of the same user', async () => {
    const { issuer, browser } = await openPage()
    const john = await logInWith(browser, issuer)
    const again = await logInWith(browser, issuer)
    const jane = await logInWith(browser, issuer, {}, { user: 'jane' })

    expect(again.idToken['sid']).toBe(john.idToken['sid'])
    expect(jane.idToken['sid']).not.toBe(john.idToken['sid'])
  })

  test('gives nobody but the user of the id_token_hint', async () => {
    const { issuer, browser } = await openPage()
    const page = await authorize(browser, issuer, { id_token_hint: await issuer.idToken({ sub: 'jane' }) })

    expect(redirectOf(await page.submit({ user: 'john' }))['error']).toBe('login_required')
  })

  test('has a cookie of its own, new with every login', async () => {
    const { issuer, browser, page } = await openPage({ scope: 'openid' })
    const cookieOf = ({ response }: OpenPage) => response.headers.getSetCookie().find((cookie) => cookie.startsWith('mock_issuer_session_'))
    const first = cookieOf(await page.submit({ user: 'john' }))
    const second = cookieOf(await (await authorize(browser, issuer)).submit({ user: 'john' }))

    expect(first).toMatch(/^mock_issuer_session_[0-9a-f]{8}=[\w-]{43}; Path=\/mock-issuer; Max-Age=28800; HttpOnly; SameSite=Lax$/)
    expect(second?.slice(0, 64)).not.toBe(first?.slice(0, 64))
  })
})
