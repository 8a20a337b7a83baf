import type { Client, IdTokenClaims, TokenSet } from '@bailiwick/client'
import { formatTokenSet } from '@bailiwick/client'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createSeal } from './seal.js'

type Tokens = TokenSet<IdTokenClaims>

const sessionCookie = '__Host-shop-session'
const cookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const
/** What a page may ask of a login, beside its scope. */
const allowedParameters = new Set(['scope', 'acr_values', 'max_age', 'login_hint', 'prompt'])

/**
 * A token handler for this example, with the endpoints, forms and answers that pages speak with one: `login/start`, `login/end`, `session`,
 * `refresh`, `logout`, and a proxy that turns the session's cookie into an access token. It keeps nothing: its cookies are the session, and each
 * login that has begun is a cookie by itself. It is no model for production.
 */
export function createTokenHandlerStandIn(client: Client, postLogoutRedirectUri: string) {
  const seal = createSeal()
  /** One at a time for the session that a cookie is, whoever asks. */
  const refreshing = new Map<string, Promise<Tokens>>()

  async function tokensOf(c: Context): Promise<Tokens | undefined> {
    const text = await seal.open(sessionCookie, getCookie(c, sessionCookie) ?? '')
    return text === undefined ? undefined : client.parseTokenSet(text)
  }

  async function keep(c: Context, tokens: Tokens): Promise<void> {
    setCookie(c, sessionCookie, await seal.close(sessionCookie, formatTokenSet(tokens)), cookieOptions)
  }

  function refresh(cookie: string, tokens: Tokens): Promise<Tokens> {
    const refreshed = refreshing.get(cookie) ?? client.refresh(tokens).finally(() => refreshing.delete(cookie))
    refreshing.set(cookie, refreshed)
    return refreshed
  }

  return {
    /** The session's access token, for the proxy. */
    accessToken: async (c: Context) => (await tokensOf(c))?.accessToken,
    endpoints: new Hono()
      .post('/login/start', async (c) => {
        const form = await c.req.parseBody<Record<string, string>>()
        if (Object.keys(form).some((name) => !allowedParameters.has(name))) return refuse(c, 400, 'invalid_request')
        const { scope, acr_values: acrValues, max_age: maxAge, login_hint: loginHint, prompt } = form
        const { url, state, transaction } = await client.startLogin({
          ...(scope && { scope }),
          ...(acrValues && { acrValues: acrValues.split(' ') }),
          ...(maxAge && { maxAgeSeconds: Number(maxAge) }),
          ...(loginHint && { loginHint }),
          ...(prompt && { prompt: prompt as 'login' }),
        })
        const name = loginCookie(state)
        setCookie(c, name, await seal.close(name, transaction), { ...cookieOptions, maxAge: 600 })
        return c.json({ authorization_url: url })
      })
      .post('/login/end', async (c) => {
        const callback = new URLSearchParams(await c.req.text())
        const name = loginCookie(callback.get('state') ?? '')
        const transaction = await seal.open(name, getCookie(c, name) ?? '')
        deleteCookie(c, name, cookieOptions)
        const outcome = await client.completeLogin({ callback, transaction })
        if (outcome.kind === 'unavailable') return refuse(c, 502, 'authorization_server_error')
        if (outcome.kind === 'refused') return refuse(c, 400, outcome.error.error, outcome.error.description)
        if (outcome.kind !== 'logged-in') return refuse(c, 400, 'invalid_request', outcome.reason)
        await keep(c, outcome.tokens)
        return c.json(describe(outcome.tokens))
      })
      .get('/session', async (c) => {
        const tokens = await tokensOf(c)
        return c.json(tokens ? describe(tokens) : { is_logged_in: false })
      })
      .post('/refresh', async (c) => {
        const tokens = await tokensOf(c)
        if (tokens === undefined) return refuse(c, 401, 'session_expired')
        try {
          const refreshed = await refresh(getCookie(c, sessionCookie) ?? '', tokens)
          await keep(c, refreshed)
          return c.json({ access_token_expires_in: describe(refreshed).access_token_expires_in })
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'session_ended'))
            return refuse(c, 502, 'authorization_server_error')
          deleteCookie(c, sessionCookie, cookieOptions)
          return refuse(c, 401, 'session_expired')
        }
      })
      .post('/logout', async (c) => {
        const tokens = await tokensOf(c)
        deleteCookie(c, sessionCookie, cookieOptions)
        if (tokens === undefined) return refuse(c, 401, 'session_expired')
        // The user is logged out here whatever the server says.
        await client.revoke(tokens).catch(() => {})
        return c.json({ logout_url: await client.logoutUrl({ tokens, postLogoutRedirectUri }).catch(() => undefined) })
      }),
  }
}

/** Logins that go on at once, in several tabs, do not overwrite each other. */
function loginCookie(state: string): string {
  return `__Host-shop-login-${state.replaceAll(/[^\w-]/g, '')}`
}

function describe({ claims, expiresAt }: Tokens) {
  return {
    is_logged_in: true,
    id_token_claims: claims,
    access_token_expires_in: Math.floor((expiresAt ?? 0) - Date.now() / 1000),
  }
}

function refuse(c: Context, status: 400 | 401 | 502, errorCode: string, detailedError?: string): Response {
  return c.json({ error_code: errorCode, detailed_error: detailedError }, status)
}
