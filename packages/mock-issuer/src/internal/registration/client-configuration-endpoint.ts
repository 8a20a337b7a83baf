import { constantTimeEqual } from '../constant-time-equal.js'
import { endpointPaths, lastSegment } from '../http/endpoint.js'
import type { Endpoint, EndpointHandler } from '../http/endpoint.js'
import { answerRefusals, OAuthRefusal } from '../http/oauth-refusal.js'
import { randomToken } from '../random-token.js'
import { challenge } from '../userinfo/challenge.js'
import { readPresentedToken } from '../userinfo/presented-token.js'
import type { ClientRegistration } from './client-registry.js'
import { readJsonObject } from './json-object-body.js'
import { readClientMetadata } from './read-client-metadata.js'
import { needsSecret, registeredClient } from './registered-client.js'
import type { RegistrationEndpointInput } from './registration-endpoint.js'
import { registrationResponse } from './registration-response.js'

/**
 * The client configuration endpoint: a client reads, replaces and ends its registration, by the token that it was given with it. The
 * token stays the same.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2 RFC 7592 §2}
 */
export function createClientConfigurationEndpoint(input: Omit<RegistrationEndpointInput, 'initialAccessToken'>): Endpoint {
  function handle(act: (registration: ClientRegistration, request: Request) => Promise<Response> | Response): EndpointHandler {
    return answerRefusals(async (request) => {
      const registration = await authorize(request, input)
      return registration instanceof Response ? registration : act(registration, request)
    })
  }

  return {
    name: 'client-configuration',
    path: endpointPaths['client-configuration'],
    cors: 'none',
    methods: {
      GET: handle((registration) => registrationResponse(registration, input.issuerName(), 200)),
      PUT: handle(async (registration, request) => {
        const replaced = replace(registration, await readJsonObject(request), input)
        // Removed while the body was on its way, it must not come back.
        if (input.registry.find(registration.client.clientId) === undefined) return unauthorized()
        input.registry.put(replaced)
        return registrationResponse(replaced, input.issuerName(), 200)
      }),
      DELETE: handle(({ client }) => {
        input.registry.remove(client.clientId)
        return new Response(null, { status: 204, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } })
      }),
    },
  }
}

/** An unknown client and a wrong token are told alike: the id of another client must not be found out so. */
async function authorize(
  request: Request,
  { registry }: Pick<RegistrationEndpointInput, 'registry'>,
): Promise<ClientRegistration | Response> {
  const presented = readPresentedToken(request.headers.get('authorization'))
  const token = typeof presented === 'object' && presented.scheme === 'Bearer' ? presented.token : ''
  const registration = registry.find(lastSegment(request.url))
  const isRight = await constantTimeEqual(token, registration?.accessToken ?? '')
  return isRight && registration !== undefined ? registration : unauthorized()
}

function unauthorized(): Response {
  return challenge('Bearer', {
    status: 401,
    error: 'invalid_token',
    description: 'This is not the registration access token of this client.',
  })
}

const forbiddenMembers = ['registration_access_token', 'registration_client_uri', 'client_secret_expires_at', 'client_id_issued_at']

/** The registration with other metadata: what is left out goes back to its default (RFC 7592 §2.2). */
function replace(
  registration: ClientRegistration,
  body: Readonly<Record<string, unknown>>,
  input: Omit<RegistrationEndpointInput, 'initialAccessToken'>,
): ClientRegistration {
  const { clientId, clientSecret } = registration.client
  const forbidden = forbiddenMembers.find((name) => Object.hasOwn(body, name))
  if (forbidden !== undefined) throw new OAuthRefusal('invalid_client_metadata', `A replacement must not have a ${forbidden}.`)
  if (body['client_id'] !== clientId) throw new OAuthRefusal('invalid_client_metadata', 'The client_id must be that of the client.')
  if (body['client_secret'] !== undefined && body['client_secret'] !== clientSecret) {
    throw new OAuthRefusal('invalid_client_metadata', 'The client_secret must be that of the client, which cannot choose it.')
  }
  const metadata = readClientMetadata(body, input)
  const secret = needsSecret(metadata) ? (clientSecret ?? randomToken()) : undefined
  return { ...registration, metadata, client: registeredClient({ clientId, clientSecret: secret }, metadata) }
}
