import { createClient } from '@bailiwick/client'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { tokenHandlerSecret } from './issuer.js'
import { createTokenHandlerStandIn } from './token-handler-stand-in.js'

/** What a backend needs. */
export interface BackendOptions {
  readonly issuer: string
  readonly appOrigin: string
  /** The API, which knows nothing of pages and cookies. */
  readonly api: { fetch(request: Request): Response | Promise<Response> }
}

/** What is beside the page: the API, and in front of it the token handler. */
export function createBackend({ issuer, appOrigin, api }: BackendOptions) {
  const client = createClient({
    issuer,
    clientId: 'shop-token-handler',
    authentication: { method: 'client_secret_basic', clientSecret: tokenHandlerSecret },
    redirectUri: `${appOrigin}/callback`,
    scope: 'openid profile orders_read orders_write',
  })
  const tokenHandler = createTokenHandlerStandIn(client, `${appOrigin}/`)

  return new Hono()
    .use(
      cors({
        origin: appOrigin,
        credentials: true,
        allowHeaders: ['authorization', 'content-type', 'dpop', 'token-handler-version'],
        // Without these, a page does not see why it was refused.
        exposeHeaders: ['www-authenticate', 'dpop-nonce'],
      }),
    )
    .use('/token-handler/*', async (c, next) => {
      const isFromPage = c.req.header('origin') === appOrigin || c.req.method === 'GET'
      if (isFromPage && c.req.header('token-handler-version') === '1') return next()
      return c.json({ error_code: 'unauthorized_request' }, 401)
    })
    .route('/token-handler', tokenHandler.endpoints)
    .all('*', async (c) => {
      const headers = new Headers(c.req.raw.headers)
      headers.delete('cookie')
      // Without the header, it may be another site that has the browser send the cookie.
      const token = c.req.header('token-handler-version') === '1' ? await tokenHandler.accessToken(c) : undefined
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
      return api.fetch(new Request(c.req.raw, { headers }))
    })
}
