import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request that reached the introspection endpoint. */
export interface IntrospectionCall {
  readonly method: string
  readonly url: string
  readonly authorization: string | undefined
  readonly accept: string | undefined
  readonly contentType: string | undefined
  readonly form: URLSearchParams
}

/** What the endpoint answers. A body that is not text is sent as JSON. */
export interface IntrospectionReply {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

/** An authorization server on a socket of this machine: metadata, and an introspection endpoint that does what it is told. */
export interface IntrospectionServer {
  readonly issuer: string
  readonly calls: IntrospectionCall[]
  /** Every path that was asked for. */
  readonly paths: string[]
  reply: (call: IntrospectionCall) => IntrospectionReply | Promise<IntrospectionReply>
  metadata: Record<string, unknown>
  /** Answers of further paths. */
  readonly documents: Map<string, unknown>
  stop(): Promise<void>
}

export async function startIntrospectionServer(reply: IntrospectionServer['reply']): Promise<IntrospectionServer> {
  const server = createServer((request, response) => {
    void serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const fake: IntrospectionServer = {
    issuer,
    calls: [],
    paths: [],
    reply,
    metadata: { issuer, introspection_endpoint: `${issuer}/introspect` },
    documents: new Map(),
    stop: () => stop(server),
  }
  return fake

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status = 200, headers = {}, body } = await answer(request)
    const isText = typeof body === 'string' || body === undefined
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(isText ? body : JSON.stringify(body))
  }

  async function answer(request: IncomingMessage): Promise<IntrospectionReply> {
    const url = String(request.url)
    fake.paths.push(url)
    if (url === '/.well-known/openid-configuration') return { body: fake.metadata }
    if (fake.documents.has(url)) return { body: fake.documents.get(url) }
    if (!url.startsWith('/introspect')) return { status: 404, body: {} }
    const { authorization, accept, 'content-type': contentType } = request.headers
    const form = new URLSearchParams(await text(request))
    const call = { method: String(request.method), url, authorization, accept, contentType, form }
    fake.calls.push(call)
    return fake.reply(call)
  }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
