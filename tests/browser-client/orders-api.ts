import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the API was asked, as far as it says anything of access. */
export interface SeenRequest {
  readonly method: string
  readonly authorization: string | undefined
  readonly proof: string | undefined
  readonly body: string
}

/** What it answers: a status, and headers; once it may, if it has to wait for something. */
export interface PlannedAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly until?: Promise<void>
}

/** An API on an origin of its own, which browsers may ask from anywhere, and which answers what the test has planned; then 200. */
export interface OrdersApi extends AsyncDisposable {
  readonly origin: string
  readonly seen: SeenRequest[]
  readonly plan: PlannedAnswer[]
}

export async function startOrdersApi(): Promise<OrdersApi> {
  const seen: SeenRequest[] = []
  const plan: PlannedAnswer[] = []
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization, dpop } = request.headers
    const body = await readBody(request)
    seen.push({ method: request.method ?? '', authorization, proof: typeof dpop === 'string' ? dpop : undefined, body })
    const { status, headers = {}, until } = plan.shift() ?? { status: 200 }
    await until
    response.writeHead(status, headers).end('{}')
  }
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', 'authorization, dpop, content-type')
    response.setHeader('access-control-allow-methods', '*')
    response.setHeader('access-control-expose-headers', 'www-authenticate, dpop-nonce')
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end()
      return
    }
    void answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    plan,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
