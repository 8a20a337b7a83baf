import { constantTimeEqual } from '../constant-time-equal.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { answerRefusals } from '../http/oauth-refusal.js'
import { randomToken } from '../random-token.js'
import { challenge } from '../userinfo/challenge.js'
import { readPresentedToken } from '../userinfo/presented-token.js'
import type { ClientRegistration, ClientRegistry } from './client-registry.js'
import { readJsonObject } from './json-object-body.js'
import { readClientMetadata } from './read-client-metadata.js'
import type { ClientMetadataInput } from './read-client-metadata.js'
import { needsSecret, registeredClient } from './registered-client.js'
import { registrationResponse } from './registration-response.js'

export interface RegistrationEndpointInput extends ClientMetadataInput {
  readonly registry: ClientRegistry
  readonly initialAccessToken: string | undefined
  issuerName(): string
  now(): number
}

/**
 * The client registration endpoint: open to anyone, or to who presents the initial access token. The new client is as good as one of the
 * options.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export function createRegistrationEndpoint(input: RegistrationEndpointInput): Endpoint {
  return {
    name: 'registration',
    path: endpointPaths.registration,
    cors: 'none',
    metadata: (url) => ({ registration_endpoint: url }),
    methods: {
      POST: answerRefusals(async (request) => {
        const refused = await checkInitialAccessToken(request, input.initialAccessToken)
        if (refused !== undefined) return refused
        const metadata = readClientMetadata(await readJsonObject(request), input)
        const clientSecret = needsSecret(metadata) ? randomToken() : undefined
        const registration: ClientRegistration = {
          client: registeredClient({ clientId: crypto.randomUUID(), clientSecret }, metadata),
          metadata,
          issuedAtSeconds: Math.floor(input.now() / 1000),
          accessToken: randomToken(),
          isOpen: input.initialAccessToken === undefined,
        }
        input.registry.put(registration)
        return registrationResponse(registration, input.issuerName(), 201)
      }),
    },
  }
}

async function checkInitialAccessToken(request: Request, expected: string | undefined): Promise<Response | undefined> {
  if (expected === undefined) return undefined
  const presented = readPresentedToken(request.headers.get('authorization'))
  const token = typeof presented === 'object' && presented.scheme === 'Bearer' ? presented.token : ''
  if (await constantTimeEqual(token, expected)) return undefined
  return challenge('Bearer', { status: 401, error: 'invalid_token', description: 'Registration takes the initial access token.' })
}
