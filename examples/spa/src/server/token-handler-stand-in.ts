import { randomUUID } from 'node:crypto'
import type { Client, IdTokenClaims, TokenSet } from '@bailiwick/client'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/** What a session is to the stand-in: it keeps them in memory, where a token handler seals them into cookies. */
interface Session {
  tokens: TokenSet<IdTokenClaims>
  /** One at a time, whoever asks. */
  refreshing?: Promise<void> | undefined
}

const loginCookie = '__Host-shop-login'
const sessionCookie = '__Host-shop-session'
const cookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const
/** What a page may ask of a login, beside its scope. */
const allowedParameters = new Set(['scope', 'acr_values', 'max_age', 'login_hint', 'prompt'])

/**
 * A token handler for this example, with the endpoints, forms and answers that pages speak with one: `login/start`, `login/end`, `session`,
 * `refresh`, `logout`, and a proxy that turns the session's cookie into an access token. It is no model for production.
 */
export function createTokenHandlerStandIn(client: Client, postLogoutRedirectUri: string) {
  const transactions = new Map<string, string>()
  const sessions = new Map<string, Session>()
  const find = (c: Context) => sessions.get(getCookie(c, sessionCookie) ?? '')
  const describe = ({ tokens: { claims, expiresAt } }: Session) => ({
    is_logged_in: true,
    id_token_claims: claims,
    access_token_expires_in: Math.floor((expiresAt ?? 0) - Date.now() / 1000),
  })

  function endSession(c: Context): void {
    sessions.delete(getCookie(c, sessionCookie) ?? '')
    deleteCookie(c, sessionCookie, cookieOptions)
  }

  return {
    /** The session's access token, for the proxy. */
    accessToken: (c: Context) => find(c)?.tokens.accessToken,
    sessions,
    endpoints: new Hono()
      .post('/login/start', async (c) => {
        const form = await c.req.parseBody<Record<string, string>>()
        if (Object.keys(form).some((name) => !allowedParameters.has(name))) return refuse(c, 400, 'invalid_request')
        const { scope, acr_values: acrValues, max_age: maxAge, login_hint: loginHint, prompt } = form
        const { url, transaction } = await client.startLogin({
          ...(scope && { scope }),
          ...(acrValues && { acrValues: acrValues.split(' ') }),
          ...(maxAge && { maxAgeSeconds: Number(maxAge) }),
          ...(loginHint && { loginHint }),
          ...(prompt && { prompt: prompt as 'login' }),
        })
        const id = randomUUID()
        transactions.set(id, transaction)
        setCookie(c, loginCookie, id, cookieOptions)
        return c.json({ authorization_url: url })
      })
      .post('/login/end', async (c) => {
        const id = getCookie(c, loginCookie) ?? ''
        const transaction = transactions.get(id)
        transactions.delete(id)
        deleteCookie(c, loginCookie, cookieOptions)
        const outcome = await client.completeLogin({ callback: new URLSearchParams(await c.req.text()), transaction })
        if (outcome.kind === 'unavailable') return refuse(c, 502, 'authorization_server_error')
        if (outcome.kind === 'refused') return refuse(c, 400, outcome.error.error, outcome.error.description)
        if (outcome.kind !== 'logged-in') return refuse(c, 400, 'invalid_request', outcome.reason)
        endSession(c)
        const session: Session = { tokens: outcome.tokens }
        const name = randomUUID()
        sessions.set(name, session)
        setCookie(c, sessionCookie, name, cookieOptions)
        return c.json(describe(session))
      })
      .get('/session', (c) => {
        const session = find(c)
        return c.json(session ? describe(session) : { is_logged_in: false })
      })
      .post('/refresh', async (c) => {
        const session = find(c)
        if (session === undefined) return refuse(c, 401, 'session_expired')
        try {
          await (session.refreshing ??= refresh(client, session))
          return c.json({ access_token_expires_in: describe(session).access_token_expires_in })
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'session_ended'))
            return refuse(c, 502, 'authorization_server_error')
          endSession(c)
          return refuse(c, 401, 'session_expired')
        }
      })
      .post('/logout', async (c) => {
        const session = find(c)
        endSession(c)
        if (session === undefined) return refuse(c, 401, 'session_expired')
        const { tokens } = session
        // The user is logged out here whatever the server says.
        await client.revoke(tokens).catch(() => {})
        return c.json({ logout_url: await client.logoutUrl({ tokens, postLogoutRedirectUri }).catch(() => undefined) })
      }),
  }
}

async function refresh(client: Client, session: Session): Promise<void> {
  try {
    session.tokens = await client.refresh(session.tokens)
  } finally {
    session.refreshing = undefined
  }
}

function refuse(c: Context, status: 400 | 401 | 502, errorCode: string, detailedError?: string): Response {
  return c.json({ error_code: errorCode, detailed_error: detailedError }, status)
}
