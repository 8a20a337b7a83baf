import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MockIssuer } from '@bailiwick/mock-issuer'
import { describe, expect, test } from 'vitest'
import { createTool, registered, loginAtOnce } from '../../test/tool-on-loopback.js'
import type { UserCode } from './loopback-login.js'

function redirectUriIn(url: string | undefined): string {
  const redirectUri = new URL(url ?? '').searchParams.get('redirect_uri')
  if (redirectUri === null) throw new Error('the URL has no redirect_uri')
  return redirectUri
}

/** Whether anybody listens there still. */
async function isOpen(url: string): Promise<boolean> {
  return (await fetch(url).catch(() => undefined)) !== undefined
}

describe('in the browser', () => {
  test('logs in, tells the user, and gives the port back', async () => {
    const { issuer, client, browser } = await createTool()
    const urls: string[] = []
    const outcome = await loginAtOnce({
      client,
      openBrowser: (url) => browser.open(url),
      onLoginUrl: (url) => urls.push(url),
      applicationName: 'Shop',
      login: { scope: 'openid orders_read' },
    })
    expect(outcome).toMatchObject({ kind: 'logged-in', tokens: { scope: 'openid orders_read', claims: { sub: 'john' } } })
    expect(await browser.shown()).toContain('You can close this window and go back to Shop.')
    const redirectUri = redirectUriIn(urls[0])
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,5}\/callback$/)
    expect(await isOpen(redirectUri)).toBe(false)
    expect(issuer.requests.map(({ endpoint }) => endpoint)).toEqual(['openid-configuration', 'authorization', 'token', 'jwks'])
  })

  test('opens the browser with an address that says nothing of the login', async () => {
    const { client, browser } = await createTool()
    const opened: string[] = []
    await loginAtOnce({ client, openBrowser: (url) => browser.open(opened[opened.push(url) - 1] ?? '') })
    expect(opened).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d{4,5}\/[\w-]{43}$/)])
  })

  test('pushes its request, and binds the tokens to the key of the client', async () => {
    const options = { dpop: {}, pushedAuthorizationRequests: 'required' } as const
    const { client, browser } = await createTool(options, { dpop: { nonce: 'required' } })
    const outcome = await loginAtOnce({ client, openBrowser: (url) => browser.open(url) })
    expect(outcome).toMatchObject({ kind: 'logged-in', tokens: { tokenType: 'DPoP' } })
  })

  test('lets several log in at once, each at a port of its own', async () => {
    const { client, browser } = await createTool()
    const one = (user: string) => loginAtOnce({ client, openBrowser: (url) => browser.open(url, user) })
    const outcomes = await Promise.all(['john', 'jane', 'mary'].map(one))
    expect(outcomes).toMatchObject([
      { tokens: { claims: { sub: 'john' } } },
      { tokens: { claims: { sub: 'jane' } } },
      { tokens: { claims: { sub: 'mary' } } },
    ])
  })

  test('takes the port that the redirect URI has', async () => {
    const port = await freePort()
    const redirectUri = `http://127.0.0.1:${port}/callback`
    const { client, browser } = await createTool({ redirectUri }, { clients: [{ ...registered, redirectUris: [redirectUri] }] })
    expect(await loginAtOnce({ client, openBrowser: (url) => browser.open(url) })).toMatchObject({ kind: 'logged-in' })
  })

  test('says that the user refused', async () => {
    const { client, browser } = await createTool()
    const refuse = (callback: URL) => {
      callback.searchParams.delete('code')
      callback.searchParams.set('error', 'access_denied')
      callback.searchParams.set('error_description', '<script>alert(1)</script>')
      return callback
    }
    const outcome = await loginAtOnce({ client, openBrowser: (url) => browser.open(url, 'john', refuse) })
    expect(outcome).toMatchObject({ kind: 'refused', error: { error: 'access_denied' } })
    expect(await browser.shown()).toContain('You are not logged in')
    expect(await browser.shown()).not.toContain('alert')
  })

  test('uses nothing that came from another issuer', async () => {
    const { issuer, client, browser } = await createTool()
    const mixUp = (callback: URL) => {
      callback.searchParams.set('iss', 'https://attacker.example.com')
      return callback
    }
    const outcome = await loginAtOnce({ client, openBrowser: (url) => browser.open(url, 'john', mixUp) })
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'issuer_mismatch' })
    expect(await browser.shown()).toContain('The login did not work')
    expect(issuer.requests.filter(({ endpoint }) => endpoint === 'token')).toEqual([])
  })

  test('is not ended by a page that knocks at the port', async () => {
    const { client, browser } = await createTool()
    const outcome = await loginAtOnce({
      client,
      async openBrowser(url) {
        const redirectUri = `${new URL(url).origin}/callback`
        for (const query of ['error=access_denied', 'code=stolen&state=guessed', 'state=']) {
          expect((await fetch(`${redirectUri}?${query}`)).status).toBe(400)
        }
        await browser.open(url)
      },
    })
    expect(outcome).toMatchObject({ kind: 'logged-in' })
  })

  test('tells an outage from a refusal, and the browser that it did not work', async () => {
    const { issuer, client, browser } = await createTool()
    issuer.faults.add({ endpoint: 'token', kind: 'status', status: 503 })
    await expect(loginAtOnce({ client, openBrowser: (url) => browser.open(url) })).rejects.toMatchObject({ code: 'server_unavailable' })
    expect(await browser.shown()).toContain('The login did not work')
  })

  test('ends when nobody logs in in time', async () => {
    const { client } = await createTool()
    const opened: string[] = []
    const outcome = await loginAtOnce({ client, openBrowser: (url) => void opened.push(url), timeoutSeconds: 0.001 })
    expect(outcome).toEqual({ kind: 'expired' })
    expect(await isOpen(opened[0] ?? '')).toBe(false)
  })

  test('ends when its caller does, and gives the port back', async () => {
    const { client } = await createTool()
    const caller = new AbortController()
    const opened: string[] = []
    const openBrowser = (url: string) => {
      opened.push(url)
      caller.abort()
    }
    await expect(loginAtOnce({ client, openBrowser, signal: caller.signal })).rejects.toMatchObject({ code: 'aborted' })
    expect(await isOpen(opened[0] ?? '')).toBe(false)
  })

  test('gives the port back when the login cannot begin', async () => {
    const { issuer, client } = await createTool()
    issuer.faults.add({ endpoint: 'openid-configuration', kind: 'reset' })
    issuer.faults.add({ endpoint: 'oauth-authorization-server', kind: 'reset' })
    await expect(loginAtOnce({ client, openBrowser: () => {} })).rejects.toMatchObject({ code: 'server_unavailable' })
  })

  test('opens no page but one over https, or of this machine', async () => {
    const { client: genuine } = await createTool()
    const client: typeof genuine = {
      ...genuine,
      startLogin: async (options) => ({ ...(await genuine.startLogin(options)), url: 'file:///etc/passwd' }),
    }
    let isOpened = false
    const openBrowser = () => {
      isOpened = true
    }
    await expect(loginAtOnce({ client, openBrowser })).rejects.toMatchObject({ code: 'response_invalid' })
    expect(isOpened).toBe(false)
  })
})

describe('without a browser', () => {
  /** Stands for the user, who types the code in elsewhere. */
  const approving = (issuer: MockIssuer, shown: UserCode[]) => async (code: UserCode) => {
    shown.push(code)
    await issuer.device.approve(code.userCode, { sub: 'john' })
  }

  test('logs in by a code', async () => {
    const { issuer, client } = await createTool()
    const shown: UserCode[] = []
    const outcome = await loginAtOnce({
      client,
      openBrowser: undefined,
      onUserCode: approving(issuer, shown),
      login: { scope: 'openid orders_read' },
    })
    expect(outcome).toMatchObject({ kind: 'logged-in', tokens: { scope: 'openid orders_read', claims: { sub: 'john' } } })
    expect(Object.keys(shown[0] ?? {}).toSorted()).toEqual(['expiresAt', 'userCode', 'verificationUri', 'verificationUriComplete'])
  })

  test('does not forget what the login demands', async () => {
    const { issuer, client } = await createTool()
    const logIn = (login: object) => loginAtOnce({ client, openBrowser: undefined, onUserCode: approving(issuer, []), login })
    expect(await logIn({ acrValues: ['urn:strong'], requireAcr: true })).toMatchObject({
      kind: 'rejected',
      reason: 'authentication_insufficient',
      cause: { code: 'response_invalid' },
    })
    expect(await logIn({ acrValues: ['urn:strong'] })).toMatchObject({ kind: 'logged-in' })
    await expect(logIn({ requireAcr: true })).rejects.toMatchObject({ code: 'configuration_invalid' })
  })

  test('goes on with a code when the browser cannot be started, and gives the port back', async () => {
    const { issuer, client } = await createTool()
    const opened: string[] = []
    const openBrowser = async (url: string) => {
      opened.push(url)
      throw new Error('xdg-open could not be started.')
    }
    const outcome = await loginAtOnce({ client, openBrowser, onUserCode: approving(issuer, []) })
    expect(outcome).toMatchObject({ kind: 'logged-in' })
    expect(await isOpen(opened[0] ?? '')).toBe(false)
  })

  test('goes on with a code when the port of the redirect URI is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as AddressInfo
    const { issuer, client } = await createTool({ redirectUri: `http://127.0.0.1:${port}/callback` })
    const outcome = await loginAtOnce({ client, openBrowser: () => {}, onUserCode: approving(issuer, []) })
    expect(outcome).toMatchObject({ kind: 'logged-in' })
    taken.close()
  })

  test('says so when there is no other way', async () => {
    const { client } = await createTool()
    await expect(loginAtOnce({ client, openBrowser: undefined })).rejects.toMatchObject({ code: 'not_supported' })
    const cause = new Error('xdg-open ended with 3.')
    const failing = loginAtOnce({ client, openBrowser: () => Promise.reject(cause) })
    await expect(failing).rejects.toMatchObject({ code: 'not_supported', cause })
  })
})

describe('options', () => {
  test.each([undefined, 'http://localhost/callback', 'https://shop.example.com/callback', 'com.example.shop:/callback'])(
    'refuses the redirect URI %s',
    async (redirectUri) => {
      const { client } = await createTool({ redirectUri })
      await expect(loginAtOnce({ client, openBrowser: () => {} })).rejects.toMatchObject({ code: 'configuration_invalid' })
    },
  )

  test.each([
    { timeoutSeconds: 0 },
    { timeoutSeconds: Number.NaN },
    { timeoutSeconds: 86_401 },
    { browserStartSeconds: -1 },
    { browserStartSeconds: 61 },
    { opnBrowser: true },
  ])('refuses %o', async (options) => {
    const { client } = await createTool()
    await expect(loginAtOnce({ client, openBrowser: () => {}, ...options })).rejects.toMatchObject({ code: 'configuration_invalid' })
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
