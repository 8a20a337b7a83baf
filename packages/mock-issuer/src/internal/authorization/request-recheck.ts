import type { IssuerClient } from '../../client.js'
import type { IssuerContract } from '../../contract.js'
import type { Laxity } from '../../laxity.js'
import { readRequestedScopes } from '../requested-scopes.js'
import { refuseAuthorization } from './authorization-error.js'
import { checkGrantType, isAllowedRedirectUri, unusable } from './authorization-request.js'
import type { AuthorizationRequest, AuthorizationRequestOutcome } from './authorization-request.js'
import { errorResponse } from './authorization-response.js'
import { errorPage } from './error-page.js'
import { compareClientId, compareRedirectUri } from './parameter-comparison.js'

export interface RequestRecheckInput {
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly contract: IssuerContract | undefined
  readonly lax: ReadonlySet<Laxity>
}

/**
 * Checks a request that waited, for its page to be answered or for the browser to come with its reference, against the client as it is now:
 * it may be gone, or have given up the redirect URI, the grant or a scope (RFC 7592). Everything else of the request stands as it was checked.
 */
export function recheckAuthorizationRequest(request: AuthorizationRequest, input: RequestRecheckInput): AuthorizationRequestOutcome {
  const client = input.clients.get(request.client.clientId)
  if (client === undefined)
    return unusable('The client is not registered any more.', compareClientId(request.client.clientId, input.clients))
  if (!isAllowedRedirectUri(request.redirectUri, client, input.lax)) {
    return unusable('The redirect_uri is not registered for this client any more.', compareRedirectUri(request.redirectUri, client))
  }
  const grantError = checkGrantType(client)
  if (grantError !== undefined) return { ...request, outcome: 'refused', error: grantError }
  const scope = request.scopes.length === 0 ? undefined : request.scopes.join(' ')
  const requested = readRequestedScopes(scope, client, input.contract, input.lax)
  if (requested.problem !== undefined) {
    return { ...request, outcome: 'refused', error: refuseAuthorization('invalid_scope', requested.problem, requested.advice) }
  }
  return { outcome: 'valid', request: { ...request, client } }
}

/** Answers a request that waited, if the client may still be answered so; if not, says why, to the client or to the user. */
export async function answerIfStillAllowed(
  request: AuthorizationRequest,
  input: RequestRecheckInput & { issuerName(): string },
  respond: (request: AuthorizationRequest) => Response,
): Promise<Response> {
  const checked = recheckAuthorizationRequest(request, input)
  if (checked.outcome === 'unusable')
    return errorPage(checked.error.description, 400, { code: checked.error.code, comparison: checked.comparison })
  if (checked.outcome === 'refused') return errorResponse({ ...checked, issuer: input.issuerName() }, checked.error)
  return respond(checked.request)
}
