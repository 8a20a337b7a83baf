import { ConfigurationError, parseIssuer, parseSecureUrl } from '@bailiwick/protocol'
import {
  allowInsecureRequests,
  customFetch,
  dynamicClientRegistrationRequest,
  processDynamicClientRegistrationResponse,
} from 'oauth4webapi'
import type { AuthorizationServer, Client, OmitSymbolProperties } from 'oauth4webapi'
import { ClientError } from './client-error.js'
import { ClientRegistration, type RegisterClientOptions } from './client-registration.js'
import { createMetadataSource } from './internal/authorization-server.js'
import { asClientError } from './internal/failure.js'
import { readGivenMetadata } from './internal/given-metadata.js'
import { interruptible } from './internal/interruptible.js'
import { requireKnownOptions } from './internal/known-options.js'
import { within } from './internal/number-option.js'
import { createServerClock } from './internal/server-clock.js'
import { createServerFetch } from './internal/server-fetch.js'

const known = ['issuer', 'metadata', 'initialAccessToken', 'serverMetadata', 'timeoutMs', 'fetch', 'now', 'signal']

/**
 * Registers a new client at a server. Every call makes one: keep what comes, it is told once.
 *
 * Does *not* compare what was registered with what was asked for: the server may have decided otherwise, and says so in `metadata`.
 *
 * @example
 * const registration = await registerClient({
 *   issuer: 'https://login.example.com',
 *   metadata: { client_name: 'Shop', redirect_uris: ['https://shop.example.com/callback'] },
 *   initialAccessToken: 'kept-in-the-environment',
 * })
 * console.log(registration.clientId)
 *
 * @throws {ClientError} `not_supported`, `request_refused` (RFC 7591 §3.2.2), `server_unavailable`, `response_invalid`, `aborted`
 * @throws {ConfigurationError} naming the option and the fix
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export async function registerClient(options: RegisterClientOptions): Promise<ClientRegistration> {
  requireKnownOptions(options, known)
  parseIssuer(options.issuer)
  const { issuer, metadata, initialAccessToken, fetch, now = Date.now, signal } = options
  const timeoutMs = within('timeoutMs', options.timeoutMs ?? 10_000, 1, 600_000)
  const given = options.serverMetadata && readGivenMetadata('serverMetadata', options.serverMetadata, issuer)
  // Said here, since the error of whoever makes the header would quote it.
  if (initialAccessToken !== undefined && !/^[\x21-\x7e]+$/.test(initialAccessToken)) {
    throw new ConfigurationError('initialAccessToken has characters that no token has: give it as the server has issued it.')
  }
  const source = createMetadataSource({ issuer, metadata: given, fetch, timeoutMs, now })
  const server = (await interruptible(source(), signal)) as unknown as AuthorizationServer
  if (server.registration_endpoint === undefined) {
    throw new ClientError('not_supported', 'The authorization server has no registration_endpoint.')
  }
  try {
    const response = await dynamicClientRegistrationRequest(server, metadata as Partial<OmitSymbolProperties<Client>>, {
      [customFetch]: createServerFetch({ fetch, timeoutMs, clock: createServerClock(now) }),
      [allowInsecureRequests]: true,
      ...(initialAccessToken !== undefined && { initialAccessToken }),
      ...(signal && { signal }),
    })
    return readRegistration(await processDynamicClientRegistrationResponse(response))
  } catch (error) {
    throw asClientError(error)
  }
}

/** The identifier and the secret have been checked to be texts. */
function readRegistration(answer: OmitSymbolProperties<Client>): ClientRegistration {
  const {
    client_id: clientId,
    client_secret: clientSecret,
    client_secret_expires_at: expiresAt,
    client_id_issued_at: _issuedAt,
    registration_access_token: token,
    registration_client_uri: uri,
    ...metadata
  } = answer as Record<string, unknown>
  return new ClientRegistration({
    clientId: clientId as string,
    clientSecret: clientSecret as string | undefined,
    clientSecretExpiresAt: typeof expiresAt === 'number' && expiresAt > 0 ? expiresAt : undefined,
    registrationAccessToken: typeof token === 'string' ? token : undefined,
    registrationClientUri: typeof uri === 'string' ? parseSecureUrl(uri)?.href : undefined,
    metadata,
  })
}
