import { ConfigurationError, parseSecureUrl } from '@bailiwick/protocol'
import {
  type AuthorizationServer,
  issueRequestObject,
  type PrivateKey,
  processPushedAuthorizationResponse,
  pushedAuthorizationRequest,
} from 'oauth4webapi'
import { ClientError } from '../../client-error.js'
import { askAgain } from '../ask-again.js'
import { explainRefusedClient } from '../client-refusal.js'
import type { Connection } from '../connection.js'
import { asClientError } from '../failure.js'

/** What it takes to have a request reach the server. */
export interface AuthorizationUrlInput {
  readonly server: AuthorizationServer
  readonly parameters: URLSearchParams
  /** Signs them. */
  readonly requestObjectKey: (() => Promise<PrivateKey>) | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * Makes the URL that the browser is sent to, with the request in it or, signed or pushed, by reference.
 *
 * @throws {ClientError}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9101#section-5 RFC 9101 §5} (signed), RFC 9126 §2 (pushed)
 */
export async function authorizationUrl<Claims>(connection: Connection<Claims>, input: AuthorizationUrlInput): Promise<string> {
  const { server, parameters } = input
  const endpoint = requireEndpoint(server)
  const isPushed = decidePushing(connection.settings.pushedAuthorizationRequests, server)
  const signed = await signRequest(connection, input)
  const sent = signed ?? parameters
  return urlOf(endpoint, isPushed ? await push(connection, input, sent) : sent)
}

/** The metadata may be given by hand, and so be unchecked. */
function requireEndpoint(server: AuthorizationServer): URL {
  const text = server.authorization_endpoint
  if (text === undefined) throw new ClientError('not_supported', 'The server has no authorization_endpoint: nobody can log in there.')
  const endpoint = typeof text === 'string' && !text.includes('#') ? parseSecureUrl(text) : undefined
  if (endpoint === undefined)
    throw new ClientError('response_invalid', "The server's authorization_endpoint is no https URL without fragment.")
  const methods = server.code_challenge_methods_supported
  if (methods !== undefined && !methods.includes('S256')) {
    throw new ClientError('not_supported', 'The server does not do PKCE with S256, by its code_challenge_methods_supported.')
  }
  return endpoint
}

/** An outage of the endpoint is no reason to show the parameters to the browser: there is no way back from pushing. */
function decidePushing(mode: 'when-supported' | 'required' | 'never', server: AuthorizationServer): boolean {
  const isSupported = server.pushed_authorization_request_endpoint !== undefined
  if (server.require_pushed_authorization_requests === true && (mode === 'never' || !isSupported)) {
    const reason = isSupported ? 'pushedAuthorizationRequests is "never"' : 'has no pushed_authorization_request_endpoint'
    throw new ClientError('not_supported', `The server requires pushed requests, and ${reason}.`)
  }
  if (mode === 'required' && !isSupported) {
    throw new ClientError(
      'not_supported',
      'The server has no pushed_authorization_request_endpoint, and pushedAuthorizationRequests is "required".',
    )
  }
  return isSupported && mode !== 'never'
}

/** Nothing but the client's id goes beside a request object: what did would count for nothing (RFC 9101 §6.3). */
async function signRequest<Claims>(
  { client }: Connection<Claims>,
  { server, parameters, requestObjectKey }: AuthorizationUrlInput,
): Promise<URLSearchParams | undefined> {
  if (requestObjectKey === undefined) {
    if (server.require_signed_request_object !== true) return undefined
    throw new ClientError('not_supported', 'The server requires signed requests: give the client the option requestObject.')
  }
  const key = await requestObjectKey()
  const request = await issueRequestObject(server, client, parameters, key).catch((cause: unknown) => {
    throw new ConfigurationError('the request cannot be signed: see requestObject, and parameters.claims, which must be JSON.', { cause })
  })
  return new URLSearchParams({ client_id: client.client_id, request })
}

async function push<Claims>(
  connection: Connection<Claims>,
  { server, signal }: AuthorizationUrlInput,
  parameters: URLSearchParams,
): Promise<URLSearchParams> {
  const { client, proveClient, settings } = connection
  try {
    const { request_uri: requestUri } = await askAgain(connection, false, async () => {
      const response = await pushedAuthorizationRequest(server, client, proveClient, parameters, connection.transport(signal))
      return processPushedAuthorizationResponse(server, client, response)
    })
    return new URLSearchParams({ client_id: client.client_id, request_uri: requestUri })
  } catch (error) {
    throw explainRefusedClient(asClientError(error), settings, server.pushed_authorization_request_endpoint ?? '')
  }
}

/** A query that the endpoint has of its own stays (RFC 6749 §3.1), and no parameter is there twice. */
function urlOf(endpoint: URL, parameters: URLSearchParams): string {
  const url = new URL(endpoint)
  for (const name of parameters.keys()) url.searchParams.delete(name)
  for (const [name, value] of parameters) url.searchParams.append(name, value)
  return url.href
}
