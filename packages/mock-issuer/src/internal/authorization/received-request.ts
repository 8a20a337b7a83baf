import type { IssuerClient } from '../../client.js'
import type { Parameters } from '../http/parameters.js'
import { pushedRequestUriPrefix } from '../par/pushed-requests.js'
import type { PushedRequests } from '../par/pushed-requests.js'
import { openRequestObject } from '../request-object/request-object.js'
import type { RequestObjectInput } from '../request-object/request-object.js'
import { refuseAuthorization } from './authorization-error.js'
import { checkAuthorizationRequest, unusable } from './authorization-request.js'
import type { AuthorizationRequestChecksInput, AuthorizationRequestOutcome } from './authorization-request.js'
import { compareClientId } from './parameter-comparison.js'
import { recheckAuthorizationRequest } from './request-recheck.js'

export interface ReceivedRequestInput extends AuthorizationRequestChecksInput, Omit<RequestObjectInput, 'client'> {
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly pushedRequests: PushedRequests
  readonly requirePushedAuthorizationRequests: boolean
}

/**
 * Reads what came to the authorization endpoint: parameters that are the request themselves, the request object that holds them
 * (RFC 9101), or the reference to a request that was pushed and checked before (RFC 9126 §4). With the latter two, no parameter beside
 * them counts but `client_id`.
 */
export async function readReceivedRequest(parameters: Parameters, input: ReceivedRequestInput): Promise<AuthorizationRequestOutcome> {
  const { values, repeated } = parameters
  const twice = ['client_id', 'request', 'request_uri'].find((name) => repeated.includes(name))
  if (twice !== undefined) return unusable(`Send the parameter ${twice} once.`)
  const client = input.clients.get(values.get('client_id') ?? '')
  if (client === undefined) {
    const sent = values.get('client_id')
    const reason = sent === undefined ? 'No client_id was sent.' : 'No client is registered with this client_id.'
    return unusable(reason, compareClientId(sent, input.clients))
  }
  const requestUri = values.get('request_uri')
  if (requestUri !== undefined && values.has('request')) return unusable('Send request or request_uri, not both.')
  if (requestUri?.startsWith(pushedRequestUriPrefix)) {
    const request = input.pushedRequests.take(requestUri, client.clientId)
    if (request !== undefined) return recheckAuthorizationRequest(request, input)
    const reason = 'The request_uri was used before, is older than 60 seconds, or was not given to this client.'
    return unusable(reason, undefined, 'invalid_request_uri')
  }
  const read = await readInlineRequest(parameters, client, input)
  if (read.outcome !== 'valid' || !(input.requirePushedAuthorizationRequests || client.requirePushedAuthorizationRequests)) return read
  const error = refuseAuthorization('invalid_request', 'The request must be pushed to the issuer first (RFC 9126).')
  return { ...read.request, outcome: 'refused', error }
}

/** Reads a request from its parameters, or from the request object among them. */
export async function readInlineRequest(
  parameters: Parameters,
  client: IssuerClient,
  input: AuthorizationRequestChecksInput & Omit<RequestObjectInput, 'client'>,
): Promise<AuthorizationRequestOutcome> {
  const requestObject = parameters.values.get('request')
  if (requestObject === undefined) return checkAuthorizationRequest(parameters, client, input)
  const opened = await openRequestObject(requestObject, { ...input, client })
  if (opened.problem !== undefined) return unusable(opened.problem, undefined, 'invalid_request_object')
  return checkAuthorizationRequest(opened.parameters, client, input)
}
