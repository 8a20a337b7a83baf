import {
  type Client,
  ClientError,
  createAuthorizedFetch,
  type LoginOutcome,
  parseReturnTo,
  type StartLoginOptions,
  type TokenSet,
} from '@bailiwick/client'
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { messagePage, type Order, ordersPage, welcomePage } from './pages.js'
import { type Sessions, sessionSeconds } from './sessions.js'

/** What the app works with. */
export interface ShopOptions {
  readonly client: Client
  readonly sessions: Sessions
  readonly appOrigin: string
  readonly apiOrigin: string
}

/** `Secure`, and of this host and no other: nobody can plant one. */
const cookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'host' } as const
const loginCookie = (state: string | undefined) => `login-${state?.replaceAll(/[^\w-]/g, '') ?? ''}`

/** A shop whose pages are made by a server: its users log in, it calls an API for them, and no token gets to a browser. */
export function createShop({ client, sessions, appOrigin, apiOrigin }: ShopOptions) {
  const app = new Hono()
  app.use(csrf({ origin: appOrigin }))

  app.get('/', (c) => c.html(welcomePage()))
  app.get('/login', (c) => login(c, { returnTo: parseReturnTo(c.req.query('returnTo') ?? '/') ?? '/' }))

  app.get('/callback', async (c) => {
    const name = loginCookie(c.req.query('state'))
    const transaction = getCookie(c, name, 'host')
    deleteCookie(c, name, cookieOptions) // an attempt is good once
    return finish(c, await client.completeLogin({ callback: c.req.url, transaction }))
  })

  app.get('/orders', async (c) => {
    const source = await sessions.find(sessionId(c))
    if (source === undefined) return c.redirect('/login?returnTo=/orders')
    const { claims } = await source.getTokens()
    const response = await createAuthorizedFetch({ client, tokens: source, allowedOrigins: [apiOrigin] })(`${apiOrigin}/orders`)
    if (!response.ok) throw new Error(`the API answered ${response.status}`)
    return c.html(ordersPage(claims?.sub ?? 'somebody', (await response.json()) as Order[]))
  })

  app.post('/orders/:id/refund', async (c) => {
    const source = await sessions.find(sessionId(c))
    if (source === undefined) return c.redirect('/login?returnTo=/orders')
    const url = `${apiOrigin}/orders/${encodeURIComponent(c.req.param('id'))}/refund`
    const response = await createAuthorizedFetch({ client, tokens: source, allowedOrigins: [apiOrigin] })(url, { method: 'POST' })
    if (!response.ok) throw new Error(`the API answered ${response.status}`)
    return c.redirect('/orders', 303)
  })

  app.post('/logout', async (c) => {
    const id = sessionId(c)
    deleteCookie(c, 'session', cookieOptions)
    const tokens = id === undefined ? undefined : await sessions.end(id)
    if (tokens === undefined) return c.redirect('/', 303)
    // The user is logged out here, whatever the server says.
    await client.revoke(tokens).catch(console.warn)
    const url = await client.logoutUrl({ tokens, postLogoutRedirectUri: `${appOrigin}/` }).catch(() => undefined)
    return c.redirect(url ?? '/', 303)
  })

  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    if (!(error instanceof ClientError)) return unexpected(error, c)
    if (error.code === 'server_unavailable') return tryLater(c, error.retryAfterSeconds)
    if (error.code === 'session_ended') {
      deleteCookie(c, 'session', cookieOptions)
      return c.html(messagePage('Your session has ended.'), 401)
    }
    if (error.code !== 'step_up_required') return unexpected(error, c)
    // Where the user has not granted what a page needs, another login could go round in circles.
    if (c.req.method === 'GET') return c.html(messagePage('The shop may not do this for you.'), 403)
    // What was posted is not done again by itself: the user comes back to the orders, and presses the button once more.
    return login(c, { ...error.stepUp, returnTo: '/orders' })
  })

  return app

  /** The server is down for whoever begins now; `onError` is not asked about what it throws itself. */
  async function login(c: Context, options: StartLoginOptions): Promise<Response> {
    try {
      const { url, state, transaction } = await client.startLogin(options)
      setCookie(c, loginCookie(state), transaction, { ...cookieOptions, maxAge: 600 })
      return c.redirect(url, 303)
    } catch (error) {
      if (!(error instanceof ClientError) || error.code !== 'server_unavailable') throw error
      return tryLater(c, error.retryAfterSeconds)
    }
  }

  function finish(c: Context, outcome: LoginOutcome): Response | Promise<Response> {
    if (outcome.kind === 'logged-in') return begin(c, outcome.tokens, outcome.returnTo)
    if (outcome.kind === 'stale') return goOn(c, outcome.returnTo)
    if (outcome.kind === 'unavailable') return tryLater(c, outcome.retryAfterSeconds)
    if (outcome.kind === 'refused') return c.html(messagePage('You are not logged in.'), 403)
    console.warn(outcome.reason, outcome.cause)
    return c.html(messagePage('This login cannot be completed.'), 400)
  }

  /** After a step-up there is a session before it, which is over. Its tokens are not revoked: with some servers that ends the new ones too. */
  async function begin(c: Context, tokens: TokenSet, returnTo: string): Promise<Response> {
    const before = sessionId(c)
    if (before !== undefined) await sessions.end(before)
    setCookie(c, 'session', sessions.begin(tokens), { ...cookieOptions, maxAge: sessionSeconds })
    return c.redirect(returnTo)
  }

  /** Reloaded, gone back to, or too late: whoever has a session goes on. */
  async function goOn(c: Context, returnTo: string): Promise<Response> {
    const source = await sessions.find(sessionId(c))
    return source === undefined ? c.html(messagePage('This login is over.'), 400) : c.redirect(returnTo)
  }
}

function sessionId(c: Context): string | undefined {
  return getCookie(c, 'session', 'host')
}

function tryLater(c: Context, seconds = 5): Response | Promise<Response> {
  c.header('retry-after', String(seconds))
  return c.html(messagePage('Please try again in a moment.'), 503)
}

function unexpected(error: Error, c: Context): Response | Promise<Response> {
  console.error(error)
  return c.html(messagePage('This did not work.'), 500)
}
