import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '../../../test/handler-tab.js'
import { BrowserClientError } from '../browser-client-error.js'
import { connectTokenHandler } from './token-handler.js'

beforeEach(openBrowser)
afterEach(() => void vi.unstubAllGlobals())

const options = { mode: 'token-handler', tokenHandlerUrl: 'https://api.example.com/token-handler/' } as const

/** A token handler that gives one answer, and what it was asked. */
function handler(answer: () => Response | Promise<Response>) {
  const asked: Request[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push(new Request(url, init))
    return Promise.resolve(answer())
  })
  return { asked, ask: connectTokenHandler(options, 'a lock', BrowserClientError) }
}

const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status })

describe('the token handler', () => {
  test('is sent a form, its cookies, and the header that no other site can send', async () => {
    const { asked, ask } = handler(json({ authorization_url: 'https://login.example.com' }))
    await ask('login/start', { scope: 'openid a', acr_values: 'urn:a' })
    const [request] = asked
    expect(request?.url).toBe('https://api.example.com/token-handler/login/start')
    expect([request?.method, request?.credentials, request?.redirect]).toEqual(['POST', 'include', 'error'])
    expect(request?.headers.get('token-handler-version')).toBe('1')
    expect(request?.headers.get('content-type')).toBe('application/x-www-form-urlencoded;charset=UTF-8')
    expect(await request?.text()).toBe('scope=openid+a&acr_values=urn%3Aa')
  })

  test('is asked by GET without a form, and with the header all the same', async () => {
    const { asked, ask } = handler(json({ is_logged_in: false }))
    expect(await ask('session')).toEqual({ status: 200, is_logged_in: false })
    expect([asked[0]?.method, asked[0]?.headers.get('token-handler-version')]).toEqual(['GET', '1'])
    expect(asked[0]?.cache).toBe('no-store')
  })

  test('may say that there is no session, and why a login brought nothing', async () => {
    const { ask } = handler(json({ error_code: 'session_expired', detailed_error: 'Too old' }, 401))
    expect(await ask('refresh', {})).toEqual({ status: 401, error_code: 'session_expired', detailed_error: 'Too old' })
    const login = handler(json({ error_code: 'access_denied' }, 400))
    expect(await login.ask('login/end', 'error=access_denied')).toEqual({ status: 400, error_code: 'access_denied' })
  })

  test.each(['session_expired', 'token_expired', 'login_required'])('may say so as %s', async (code) => {
    expect(await handler(json({ error_code: code }, 401)).ask('session')).toEqual({ status: 401, error_code: code })
  })

  test.each([429, 500])('says nothing of a login with a %d', async (status) => {
    const { ask } = handler(json({ error_code: 'server_error' }, status))
    await expect(ask('login/end', 'code=c')).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('has as much time as it is given', async () => {
    const hanging = (request: Request) =>
      new Promise<Response>((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      })
    vi.stubGlobal('fetch', hanging)
    const ask = connectTokenHandler({ ...options, timeoutMs: 5 }, 'a lock', BrowserClientError)
    await expect(ask('session')).rejects.toMatchObject({ code: 'unavailable' })
  })

  test.each<[string, () => Response | Promise<Response>]>([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a 500', json({ error_code: 'server_error' }, 500)],
    ['a limit', json({ error_code: 'slow_down' }, 429)],
    ['the page of a proxy', () => new Response('<h1>Bad gateway</h1>', { status: 401 })],
    ['a page with status 200', () => new Response('<h1>Hello</h1>')],
    ['a refusal that is no token handler’s', json({ message: 'Forbidden' }, 401)],
    ['a refusal of what a page never asks', json({ error_code: 'invalid_request' }, 400)],
    ['a refusal of the page', json({ error_code: 'unauthorized_request' }, 401)],
    ['a reason that only holds one', json({ error_code: 'not session_expired' }, 401)],
    ['an answer that is no object', json(null, 500)],
  ])('says nothing of the session with %s', async (_title, answer) => {
    await expect(handler(answer).ask('session')).rejects.toMatchObject({ code: 'unavailable' })
  })
})
