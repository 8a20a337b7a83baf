import { serve } from '@hono/node-server'
import { createClient } from '@bailiwick/client'
import { createShop } from './app.js'
import { createShopIssuer, shopSecret } from './issuer.js'
import { createOrdersApi } from './orders-api.js'
import { createSessions } from './sessions.js'

/** Everything that the example needs, on this machine: an issuer, the API, and the app. */
const appOrigin = 'http://127.0.0.1:3000'
const apiOrigin = 'http://127.0.0.1:9001'
const issuer = await createShopIssuer(appOrigin)
await issuer.listen({ port: 9000 })
serve({ fetch: createOrdersApi(issuer.issuer).fetch, port: 9001, hostname: '127.0.0.1' })

const client = createClient({
  issuer: issuer.issuer,
  clientId: 'shop',
  authentication: { method: 'client_secret_basic', clientSecret: shopSecret },
  redirectUri: `${appOrigin}/callback`,
  scope: 'openid orders_read orders_write',
})
const app = createShop({ client, sessions: createSessions(client), appOrigin, apiOrigin })
serve({ fetch: app.fetch, port: 3000, hostname: '127.0.0.1' })
console.log(`The shop is on ${appOrigin}, and logs in at ${issuer.issuer}. Press Ctrl-C to stop.`)
