import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '../../test/handler-tab.js'
import { createBrowserClient } from './create-browser-client.js'

const tokens = { mode: 'tokens', issuer: 'https://login.example.com', clientId: 'app', redirectUri: 'https://app.example.com/' } as const

test.each([
  'http://login.example.com',
  'login.example.com',
  'javascript:alert(1)',
  'http://localhost.example.com/',
  'http://localhost:x@login.example.com/',
  'http://127.0.0.1:80@login.example.com/',
  'https://john@login.example.com/',
  'https://:secret@login.example.com/',
  'https://',
  'https:// /',
  'https://a b',
  'https://?x',
  '',
  undefined as unknown as string,
])('refuses %o as a server, when it is made', (url) => {
  const error = (message: string) => expect.objectContaining({ code: 'configuration_invalid', message })
  expect(() => createBrowserClient({ ...tokens, issuer: url })).toThrow(error('issuer must be https.'))
  const options = { mode: 'token-handler', tokenHandlerUrl: url } as const
  expect(() => createBrowserClient(options)).toThrow(error('tokenHandlerUrl must be https.'))
})

test.each(['http://api.example.com', 'api.example.com', 'https://john@api.example.com', ''])('refuses to send access to %o', (origin) => {
  const error = expect.objectContaining({ code: 'configuration_invalid', message: 'allowedOrigins must be https.' })
  const allowedOrigins = ['https://api.example.com', origin]
  expect(() => createBrowserClient({ ...tokens, allowedOrigins })).toThrow(error)
  const tokenHandlerUrl = 'https://api.example.com/token-handler'
  expect(() => createBrowserClient({ mode: 'token-handler', tokenHandlerUrl, allowedOrigins })).toThrow(error)
})

test.each([
  'https://login.example.com',
  'https://login.example.com:8443/realm',
  'http://localhost',
  'http://localhost:9000/realm',
  'http://127.0.0.1:9000',
  'http://[::1]:9000',
])('takes %s', (issuer) => {
  expect(createBrowserClient({ ...tokens, issuer }).getState()).toEqual({ status: 'loading' })
})

const tokenHandler = { mode: 'token-handler', tokenHandlerUrl: 'https://api.example.com/token-handler' } as const

describe.each([tokens, tokenHandler])('a client in the mode $mode', (options) => {
  beforeEach(() => {
    openBrowser()
    vi.stubGlobal('location', { origin: 'https://app.example.com' })
    vi.stubGlobal('addEventListener', () => {})
  })
  afterEach(() => void vi.unstubAllGlobals())

  test.each([
    '//evil.example.com',
    '/\\evil.example.com',
    'https://evil.example.com',
    'javascript:alert(1)',
    '/.//evil.example.com',
    '/%2f/evil.example.com',
    '',
  ])('goes on at no place such as %o after a login or a logout', async (returnTo) => {
    const client = createBrowserClient(options)
    await expect(client.login({ returnTo })).rejects.toMatchObject({ code: 'configuration_invalid' })
    await expect(client.logout({ returnTo })).rejects.toMatchObject({ code: 'configuration_invalid' })
  })
})

describe('a page in the mode tokens that cannot work', () => {
  beforeEach(() => {
    vi.stubGlobal('location', { origin: 'https://app.example.com', pathname: '/', search: '' })
    vi.stubGlobal('addEventListener', () => {})
  })
  afterEach(() => void vi.unstubAllGlobals())

  test.each([
    [{ clientId: '' }, 'clientId is missing.'],
    [{ scope: 'orders_read' }, 'scope must have openid in it.'],
    [{ redirectUri: 'nowhere' }, 'redirectUri must be a URL of https://app.example.com.'],
    [{ redirectUri: 'https://other.example.com/' }, 'redirectUri must be a URL of https://app.example.com.'],
  ])('names the option that is wrong, and does not stay at loading: %o', async (change, message) => {
    const report = vi.fn()
    vi.stubGlobal('reportError', report)
    const client = createBrowserClient({ ...tokens, ...change })
    expect(await client.handlePage()).toEqual({ status: 'unavailable' })
    const error = { code: 'configuration_invalid', message }
    expect(report.mock.calls).toEqual([[expect.objectContaining(error)]])
    await expect(client.login()).rejects.toMatchObject(error)
  })
})
