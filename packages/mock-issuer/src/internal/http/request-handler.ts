import { Hono } from 'hono'
import { applyCors, optionsResponse } from './cors.js'
import { allowedMethods, createEndpointFinder } from './endpoint.js'
import type { Endpoint } from './endpoint.js'
import { jsonResponse } from './json-response.js'
import type { RequestLogBuffer } from './request-log-buffer.js'
import { routePath } from './route-path.js'

export interface RequestHandlerInput {
  readonly endpoints: readonly Endpoint[]
  readonly log: RequestLogBuffer
  readonly clientOrigins: ReadonlySet<string>
  readonly onError: (error: unknown) => void
  issuerName(): string
  now(): number
}

/** Answers a request, in process or from a socket alike. */
export type RequestHandler = (request: Request) => Promise<Response>

/** Routes requests to the endpoints. The first middleware is the one place through which every response passes. */
export function createRequestHandler(input: RequestHandlerInput): RequestHandler {
  const findEndpoint = createEndpointFinder(input.endpoints)
  const app = new Hono({ getPath: (request) => routePath(request.url, input.issuerName()) })

  app.use(async (c, next) => {
    const request = c.req.raw
    const endpoint = findEndpoint(c.req.path)
    const logStatus = input.log.add({
      timeMs: input.now(),
      method: request.method,
      path: new URL(request.url).pathname,
      endpoint: endpoint?.name,
    })
    await next()
    const { headers } = c.res
    headers.set('x-content-type-options', 'nosniff')
    if (endpoint !== undefined) applyCors(headers, request, endpoint.cors, input.clientOrigins)
    logStatus(c.res.status)
  })

  for (const endpoint of input.endpoints) {
    for (const [method, handle] of Object.entries(endpoint.methods)) app.on(method, endpoint.path, (c) => handle(c.req.raw))
    app.options(endpoint.path, (c) => optionsResponse(endpoint, c.req.raw))
    app.all(endpoint.path, () =>
      jsonResponse({ error: 'method_not_allowed' }, { status: 405, headers: { allow: allowedMethods(endpoint) } }),
    )
  }

  app.notFound(() => jsonResponse({ error: 'not_found' }, { status: 404 }))
  app.onError((error) => {
    input.onError(error)
    return jsonResponse({ error: 'server_error' }, { status: 500 })
  })
  return async (request) => app.fetch(request)
}
