import { createServer } from 'node:http'
import { parseChallenge } from '@bailiwick/protocol'
import { createMockIssuer } from '@bailiwick/mock-issuer'
import { createJwtVerifier } from '@bailiwick/verifier'
import { createOrdersApi } from '@bailiwick-examples/express-api'
import { orders } from '@bailiwick-examples/orders/contract'
import { formatCurlLines } from './curl-lines.js'
import { listen } from './listen.js'
import { type DemoRequest, prepareRequests } from './requests.js'
import { formatTable, type Row } from './table.js'

const once = process.argv.includes('--once')
const colours = process.stdout.isTTY && !process.env.NO_COLOR

const issuer = await createMockIssuer({ contract: orders, accessTokenTtlSeconds: 3600 })
const issuerServer = await issuer.listen()

let reason = ''
let isServing = false
const api = createOrdersApi({
  verifier: createJwtVerifier({ issuer: issuer.issuer, audience: orders.audience }),
  onEvent: (event) => {
    reason = 'reason' in event ? event.reason : ''
    if (isServing && reason !== '') console.log(`${event.kind}: ${event.method} ${event.path}: ${reason}`)
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
  isServing = true
  console.log(await formatCurlLines(issuer, apiUrl))
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

async function close(): Promise<void> {
  server.close()
  server.closeAllConnections()
  await issuerServer.close()
}
