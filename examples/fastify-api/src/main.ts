import { orders } from '@bailiwick-examples/orders/contract'
import { createJwtVerifier } from '@bailiwick/verifier'
import { createOrdersApi } from './app.js'

const issuer = process.env.ISSUER
if (issuer === undefined) throw new Error('Set ISSUER to the issuer of your access tokens, as it stands in their iss.')

const verifier = createJwtVerifier({ issuer, audience: orders.audience })
await createOrdersApi({ verifier }).listen({ port: 3000, host: '127.0.0.1' })
console.log('The orders API listens on http://127.0.0.1:3000')
