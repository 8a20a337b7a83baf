import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseChallenge } from '@bailiwick/protocol'
import { createMockIssuer, type MockIssuer } from '@bailiwick/mock-issuer'
import { createJwtVerifier } from '@bailiwick/verifier'
import { createOrdersApi } from '@bailiwick-examples/express-api'
import { orders } from '@bailiwick-examples/orders/contract'
import { type DemoRequest, prepareRequests } from './requests.js'
import { formatTable, type Row } from './table.js'

const once = process.argv.includes('--once')
const colours = process.stdout.isTTY === true && !process.env.NO_COLOR

const issuer = await createMockIssuer({ contract: orders, accessTokenTtlSeconds: 3600 })
const issuerServer = await issuer.listen()

let reason = ''
const api = createOrdersApi({
  verifier: createJwtVerifier({ issuer: issuer.issuer, audience: orders.audience }),
  onEvent: (event) => {
    reason = 'reason' in event ? `${event.reason}` : ''
  },
})
const server = createServer(api)
const apiUrl = await listen(server, once ? 0 : 3000)

console.log(`\nThe mock issuer listens on ${issuer.issuer}\nThe orders API listens on  ${apiUrl}\n`)
const rows: Row[] = []
for (const request of await prepareRequests(issuer)) rows.push(await send(request))
console.log(formatTable(rows, { width: Math.min(process.stdout.columns ?? 120, 140), colours }))

const failed = rows.filter((row) => !row.asExpected)
console.log(`\n${rows.length - failed.length} of ${rows.length} answers are as they should be.`)
if (failed.length > 0) process.exitCode = 1

if (once) await close()
else {
  console.log(await curlLines(issuer))
  process.once('SIGINT', () => void close())
  process.once('SIGTERM', () => void close())
}

async function send({ title, path, token, expected }: DemoRequest): Promise<Row> {
  reason = ''
  const response = await fetch(`${apiUrl}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
  await response.arrayBuffer()
  const challenge = response.headers.get('www-authenticate') ?? ''
  const params = parseChallenge(challenge)[0]?.params
  const asExpected =
    response.status === expected.status &&
    params?.error === expected.error &&
    (expected.scope === undefined || params?.scope === expected.scope)
  return { title, status: response.status, challenge, reason, asExpected }
}

async function curlLines(issuer: MockIssuer): Promise<string> {
  const john = await issuer.accessToken({ sub: 'john', scope: 'orders_read payment:123', account_nr: '42' })
  const mary = await issuer.accessToken({ sub: 'mary', scope: 'orders_read orders_write', account_nr: '77', roles: ['manager'] })
  return `
Try it: tokens that live for an hour.

# john reads his orders, tries Mary's, and looks at the one payment that he was granted
JOHN='${john}'
curl -i -H "Authorization: Bearer $JOHN" ${apiUrl}/accounts/42/orders
curl -i -H "Authorization: Bearer $JOHN" ${apiUrl}/accounts/77/orders
curl -i -H "Authorization: Bearer $JOHN" ${apiUrl}/payments/123

# mary is a manager, and so may refund
MARY='${mary}'
curl -i -X POST -H "Authorization: Bearer $MARY" ${apiUrl}/orders/3/refund

# nobody
curl -i ${apiUrl}/accounts/42/orders

Press Ctrl-C to stop.
`
}

/** On the wished-for port, or any other when that is taken. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && port !== 0) listen(server, 0).then(resolve, reject)
      else reject(error)
    })
    server.listen(port, '127.0.0.1')
  })
}

async function close(): Promise<void> {
  server.close()
  server.closeAllConnections()
  await issuerServer.close()
}
