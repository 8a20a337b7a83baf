import { readInlineRequest } from '../authorization/received-request.js'
import type { ReceivedRequestInput } from '../authorization/received-request.js'
import { authenticateClient } from '../client-authentication/client-authentication.js'
import type { ClientAuthenticationInput } from '../client-authentication/client-authentication.js'
import { readDpopProof } from '../dpop/dpop-proof.js'
import type { DpopInput } from '../dpop/dpop-proof.js'
import { offerDpopNonce } from '../dpop/offer-dpop-nonce.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm, requiredParameter } from '../http/form.js'
import type { Form } from '../http/form.js'
import { jsonResponse } from '../http/json-response.js'
import { answerRefusals, errorDescription, OAuthRefusal } from '../http/oauth-refusal.js'
import { explainRefusal } from '../http/refusal.js'
import { pushedRequestTtlSeconds } from './pushed-requests.js'

export interface ParEndpointInput extends ReceivedRequestInput, ClientAuthenticationInput, DpopInput {}

/**
 * The pushed authorization request endpoint: authenticates the client and makes every check of an authorization request there and then.
 * What is left to the authorization endpoint is the user. A DPoP proof binds the code to its key, as `dpop_jkt` does.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2 RFC 9126 §2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-10.1 RFC 9449 §10.1}
 */
export function createParEndpoint(input: ParEndpointInput): Endpoint {
  async function answer(request: Request): Promise<Response> {
    const form = await readForm(request)
    const client = await authenticateClient(request, form, input)
    checkForm(form)
    const proof = await readDpopProof(request, input)
    const read = await readInlineRequest({ values: form, repeated: [] }, client, input)
    if (read.outcome !== 'valid') {
      const { code, description, advice } = read.error
      const told = { error: code, error_description: errorDescription(description) }
      return explainRefusal(jsonResponse(told, { status: 400 }), { error: code, advice })
    }
    const { dpopJkt = proof?.jkt } = read.request
    if (proof !== undefined && proof.jkt !== dpopJkt) throw new OAuthRefusal('invalid_request', 'The dpop_jkt is not the key of the proof.')
    const requestUri = input.pushedRequests.push({ ...read.request, dpopJkt })
    return jsonResponse({ request_uri: requestUri, expires_in: pushedRequestTtlSeconds }, { status: 201 })
  }

  return {
    name: 'pushed-authorization-request',
    path: endpointPaths['pushed-authorization-request'],
    cors: 'client-origins',
    metadata: (url) => ({
      pushed_authorization_request_endpoint: url,
      require_pushed_authorization_requests: input.requirePushedAuthorizationRequests,
    }),
    methods: {
      POST: offerDpopNonce(input, answerRefusals(answer)),
    },
  }
}

const besideRequestObject = new Set(['request', 'client_id', 'client_secret', 'client_assertion', 'client_assertion_type'])

function checkForm(form: Form): void {
  if (form.has('request_uri')) throw new OAuthRefusal('invalid_request', 'A pushed request must not have a request_uri (RFC 9126 §2.1).')
  if (!form.has('request')) {
    requiredParameter(form, 'client_id')
    return
  }
  const beside = [...form.keys()].find((name) => !besideRequestObject.has(name))
  if (beside !== undefined) throw new OAuthRefusal('invalid_request', `With a request object, ${beside} must be in it (RFC 9126 §3).`)
}
