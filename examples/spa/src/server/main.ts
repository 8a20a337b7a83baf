import { serve } from '@hono/node-server'
import { createServer } from 'vite'
import { createBackend } from './backend.js'
import { createShopIssuer } from './issuer.js'
import { createOrdersApi } from './orders-api.js'

/** Everything that the example needs, on this machine: an issuer, the API with its token handler, and the page. */
const appOrigin = 'http://127.0.0.1:5173'
const issuer = await createShopIssuer(appOrigin)
await issuer.listen({ port: 9000 })
const publicUrl = 'http://127.0.0.1:9001'
const api = createOrdersApi(issuer.issuer, publicUrl)
serve({ fetch: createBackend({ issuer: issuer.issuer, appOrigin, api }).fetch, port: 9001, hostname: '127.0.0.1' })
const page = await createServer({ server: { host: '127.0.0.1', port: 5173, strictPort: true } })
await page.listen()
console.log(`The shop is on ${appOrigin}, and logs in at ${issuer.issuer}. Press Ctrl-C to stop.`)
