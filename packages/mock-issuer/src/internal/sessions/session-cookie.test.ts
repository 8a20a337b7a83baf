import { expect, test } from 'vitest'
import { createBrowser } from '../../../test/browser.js'
import { authorizationUrl } from '../../../test/code-flow.js'
import { createMockIssuer } from '../../create-mock-issuer.js'
import { issuerCookieName } from '../http/issuer-cookies.js'
import { clearSessionCookie, formatSessionCookie, readSessionCookies } from './session-cookie.js'

const value = 'a'.repeat(43)
const issuer = 'http://localhost'
const name = issuerCookieName('session', issuer)
const read = (cookie: string): readonly string[] => readSessionCookies(new Request('http://localhost/', { headers: { cookie } }), issuer)

test('reads its own cookies among others, and nothing that it would not set', () => {
  expect(read(`x=1; ${name}=${value}; y=2`)).toEqual([value])
  expect(read(`${name}=junk; ${name}=${'b'.repeat(43)}; ${name}=${value}`)).toEqual(['b'.repeat(43), value])
  for (const cookie of ['', `${name}=`, `${name}=${value}a`, `${name}=../x`, `x_${name}=${value}`, `mock_issuer_session=${value}`]) {
    expect(read(cookie)).toEqual([])
  }
})

test('names the cookie after the issuer, since cookies of one host are those of all its ports', () => {
  const names = ['http://localhost', 'http://localhost:1', 'http://localhost:2', 'http://localhost/a'].map((of) =>
    issuerCookieName('session', of),
  )
  expect(new Set(names).size).toBe(4)
  for (const each of names) expect(each).toMatch(/^mock_issuer_session_[0-9a-f]{8}$/)
})

test('keeps the cookie from scripts, other sites and other issuers, and to https where the issuer has it', () => {
  const tenant = 'https://login.example.com/tenant'
  expect(formatSessionCookie(value, tenant, 60)).toBe(
    `${issuerCookieName('session', tenant)}=${value}; Path=/tenant; Max-Age=60; HttpOnly; SameSite=Lax; Secure`,
  )
  expect(clearSessionCookie(issuer)).toBe(`${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`)
})

test('a browser stays logged in at an issuer when it logs in at one on another port, while a page of the first is open', async () => {
  const [one, two] = [await createMockIssuer({ issuer: 'http://localhost:1' }), await createMockIssuer({ issuer: 'http://localhost:2' })]
  const browser = createBrowser((url, init) => (new Request(url).url.startsWith(one.issuer) ? one : two).fetch(url, init))
  const silent = async (): Promise<string> =>
    (await browser.open(authorizationUrl(one, { prompt: 'none' }))).response.headers.get('location') ?? ''
  await (await browser.open(authorizationUrl(one))).submit({ user: 'john' })
  const open = await browser.open(authorizationUrl(one))
  await (await browser.open(authorizationUrl(two))).submit({ user: 'jane' })

  expect(await silent()).toContain('code=')
  expect((await open.submit({ user: 'john' })).response.headers.get('location')).toContain('code=')
})

test('a cookie in front that is not of this issuer’s making logs nobody out', async () => {
  const server = await createMockIssuer({ issuer: 'http://localhost:1' })
  const own = issuerCookieName('session', server.issuer)
  const ownBrowser = issuerCookieName('browser', server.issuer)
  const junk = (init: RequestInit | undefined): RequestInit => {
    const headers = new Headers(init?.headers)
    headers.set('cookie', `${own}=${value}; ${own}=x; ${ownBrowser}=${value}; ${headers.get('cookie') ?? ''}`)
    return { ...init, headers }
  }
  const page = await createBrowser((url, init) => server.fetch(url, init)).open(authorizationUrl(server))
  const cookies = [page, await page.submit({ user: 'john' })].map(({ response }) => response.headers.getSetCookie()[0]?.split(';')[0])
  const headers = { cookie: cookies.join('; ') }

  const silent = await server.fetch(authorizationUrl(server, { prompt: 'none' }), junk({ headers }))
  expect(silent.headers.get('location')).toContain('code=')
  const opened = await server.fetch(authorizationUrl(server), { headers })
  const login = /name="login" value="([^"]*)"/.exec(await opened.text())?.[1] ?? ''
  const body = new URLSearchParams({ login, user: 'john' })
  const answered = await server.fetch(`${server.issuer}/login`, { ...junk({ headers }), method: 'POST', body })
  expect(answered.headers.get('location')).toContain('code=')
})
