import type {
  DripFault,
  HugeFault,
  MalformedJsonFault,
  RedirectFault,
  StatusFault,
  TruncatedFault,
  WrongContentTypeFault,
} from '../../fault.js'
import { createJwksEndpoint } from '../metadata/jwks-endpoint.js'
import type { JwksEndpointInput } from '../metadata/jwks-endpoint.js'
import { dripping, malformed, padded, truncated, withContentType } from './altered-body.js'
import { connectionOf, ConnectionReset } from './connection.js'
import type { MetFault } from './fault-list.js'
import { waitForFault } from './held-request.js'
import type { MintingConditions } from './minting-conditions.js'
import { withWrongIssuer } from './wrong-issuer.js'

export interface FaultyAnswerInput extends JwksEndpointInput {
  readonly minting: MintingConditions
}

/** A request that has met a fault. */
export interface FaultyExchange {
  readonly request: Request
  readonly met: MetFault
  /** Asks the endpoint for its genuine answer. */
  answer(request: Request): Promise<Response>
}

/**
 * Answers a request that has met a fault.
 *
 * @throws {ConnectionReset} when there is no answer
 * @throws the reason of the request's signal, when it is aborted while it is held
 */
export async function answerFaulty(input: FaultyAnswerInput, { request, met, answer }: FaultyExchange): Promise<Response> {
  const { fault } = met
  const genuine = (): Promise<Response> => answer(request)
  switch (fault.kind) {
    case 'delay':
      await waitForFault(met, request.signal, fault.delayMs)
      return genuine()
    case 'hang':
      await waitForFault(met, request.signal)
      return genuine()
    case 'reset':
      if (fault.workDone === true) await genuine()
      connectionOf(request)?.reset()
      throw new ConnectionReset()
    case 'status':
      if (fault.workDone === true) await genuine()
      return statusAnswer(fault)
    case 'redirect':
      return redirectAnswer(fault)
    case 'stale-keys':
      return staleKeys(input, request, genuine)
    case 'rotate-mid-flight': {
      const response = await genuine()
      await input.keys.rotate({ keepOld: fault.keepOld ?? true })
      return response
    }
    case 'clock-skew':
      return input.minting.during({ skewSeconds: fault.skewSeconds }, genuine)
    case 'wrong-issuer':
      return withWrongIssuer(await input.minting.during({ issuer: fault.issuer }, () => answer(unconditional(request))), fault.issuer)
    case 'truncated':
    case 'wrong-content-type':
    case 'malformed-json':
    case 'huge':
    case 'drip':
    default:
      return alteredBody(fault, { request, met, answer })
  }
}

type BodyFault = TruncatedFault | WrongContentTypeFault | MalformedJsonFault | HugeFault | DripFault

async function alteredBody(fault: BodyFault, { request, met, answer }: FaultyExchange): Promise<Response> {
  const response = await answer(unconditional(request))
  if (request.method === 'HEAD' || [204, 205, 304].includes(response.status)) return response
  switch (fault.kind) {
    case 'truncated':
      return truncated(response, fault, connectionOf(request))
    case 'wrong-content-type':
      return withContentType(response, fault)
    case 'malformed-json':
      return malformed(response, fault)
    case 'huge':
      return padded(response, fault)
    case 'drip':
    default:
      return dripping(response, fault, createPause(fault, met, request.signal))
  }
}

function createPause({ intervalMs = 1_000 }: DripFault, met: MetFault, signal: AbortSignal): () => Promise<'slowly' | 'at once'> {
  return async () => ((await waitForFault(met, signal, intervalMs)) === 'over' ? 'slowly' : 'at once')
}

function statusAnswer({ status, body, retryAfterSeconds, headers }: StatusFault): Response {
  const sent = new Headers(headers)
  if (retryAfterSeconds !== undefined) sent.set('retry-after', String(retryAfterSeconds))
  if (body === undefined || [204, 205, 304].includes(status)) return new Response(null, { status, headers: sent })
  if (!sent.has('content-type')) sent.set('content-type', typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json')
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: sent })
}

function redirectAnswer({ status = 302, location }: RedirectFault): Response {
  return new Response(null, { status, headers: { location } })
}

async function staleKeys(input: FaultyAnswerInput, request: Request, genuine: () => Promise<Response>): Promise<Response> {
  const stale = await input.keys.beforeRotation()
  const endpoint = createJwksEndpoint({ ...input, keys: { ...input.keys, published: async () => stale } })
  return request.method === 'GET' && endpoint.methods.GET !== undefined ? endpoint.methods.GET(request) : genuine()
}

// A client that has the genuine document would get a 304, with no body to break.
function unconditional(request: Request): Request {
  if (request.method !== 'GET' || !request.headers.has('if-none-match')) return request
  const headers = new Headers(request.headers)
  headers.delete('if-none-match')
  return new Request(request.url, { headers, signal: request.signal })
}
