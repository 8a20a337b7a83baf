import { Hono } from 'hono'
import { refusalAdvice } from '../advice/refusal-advice.js'
import type { RefusalAdviceInput } from '../advice/refusal-advice.js'
import { ConnectionReset } from '../faults/connection.js'
import type { FaultList } from '../faults/fault-list.js'
import { answerFaulty } from '../faults/faulty-answer.js'
import type { FaultyAnswerInput } from '../faults/faulty-answer.js'
import { applyCors, optionsResponse } from './cors.js'
import { allowedMethods, createEndpointFinder } from './endpoint.js'
import type { Endpoint } from './endpoint.js'
import { jsonResponse } from './json-response.js'
import { refuseLongPath } from './path-limit.js'
import { explainRefusal, refusalOf } from './refusal.js'
import type { Refusal } from './refusal.js'
import { describeRequest } from './request-description.js'
import type { LogEntry, RequestLogBuffer } from './request-log-buffer.js'
import { routePath } from './route-path.js'

export interface RequestHandlerInput extends FaultyAnswerInput, RefusalAdviceInput {
  readonly endpoints: readonly Endpoint[]
  readonly log: RequestLogBuffer
  readonly faults: FaultList
  readonly clientOrigins: ReadonlySet<string>
  readonly onError: (error: unknown) => void
  issuerName(): string
  now(): number
}

/**
 * Answers a request, in process or from a socket alike. It rejects when there is no answer: with `ConnectionReset`, or with the reason
 * of the request's signal.
 */
export type RequestHandler = (request: Request) => Promise<Response>

/** Answers requests by the endpoints, and by the faults that stand before them. Here every response passes. */
export function createRequestHandler(input: RequestHandlerInput): RequestHandler {
  const findEndpoint = createEndpointFinder(input.endpoints)
  const askEndpoint = createRouter(input)

  async function answer(request: Request, entry: LogEntry): Promise<Response> {
    entry.describe(await describeRequest(request, input.clients))
    // A page that may not even ask would not see the fault.
    const met = request.method === 'OPTIONS' ? undefined : input.faults.meet({ ...entry.logged, headers: request.headers })
    if (met === undefined) return askEndpoint(request)
    entry.meet(met.fault.kind)
    return answerFaulty(input, { request, met, answer: askEndpoint })
  }

  function explained(response: Response, { logged }: LogEntry): Refusal | undefined {
    const refusal = refusalOf(response)
    if (refusal === undefined) return undefined
    explainRefusal(response, { ...refusal, advice: refusalAdvice(refusal, logged, input) })
    return refusalOf(response)
  }

  return async (request) => {
    const tooLong = refuseLongPath(request)
    if (tooLong !== undefined) return tooLong
    const endpoint = findEndpoint(routePath(request.url, input.issuerName()))
    const entry = input.log.add({
      timeMs: input.now(),
      method: request.method,
      path: new URL(request.url).pathname,
      endpoint: endpoint?.name,
    })
    const response = await answer(request, entry).catch((error: unknown) => {
      if (error instanceof ConnectionReset || request.signal.aborted) {
        entry.cutOff()
        throw error
      }
      input.onError(error)
      return serverError()
    })
    response.headers.set('x-content-type-options', 'nosniff')
    // Clients learn from it how far their clocks are apart: it has to be the clock that tokens are dated by.
    response.headers.set('date', new Date(input.now()).toUTCString())
    if (endpoint !== undefined) applyCors(response.headers, request, endpoint.cors, input.clientOrigins)
    entry.answer(response.status, explained(response, entry))
    return response
  }
}

function createRouter(input: RequestHandlerInput): RequestHandler {
  const app = new Hono({ getPath: (request) => routePath(request.url, input.issuerName()) })
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
    return serverError()
  })
  return async (request) => app.fetch(request)
}

function serverError(): Response {
  return jsonResponse({ error: 'server_error' }, { status: 500 })
}
