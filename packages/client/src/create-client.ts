import type { Client } from './client.js'
import type { ClientOptions, IdTokenClaims } from './client-options.js'
import { keepClock } from './internal/client-clock.js'
import { readClientOptions } from './internal/client-settings.js'
import { createConnection } from './internal/connection.js'
import { createDeviceGrant } from './internal/device-grant.js'
import { createExchangeGrant } from './internal/exchange-grant.js'
import { createLogin } from './internal/login/login.js'
import { createLogoutUrl } from './internal/logout-url.js'
import { createMachineGrants } from './internal/machine-grants.js'
import { createProofs } from './internal/proofs.js'
import { createRefreshGrant } from './internal/refresh-grant.js'
import { createRevocation } from './internal/revocation.js'
import { parseTokenSet } from './internal/token-set-parser.js'
import { createUserInfo } from './internal/user-info.js'

/**
 * Creates a client of an authorization server. Nothing is sent before it is needed.
 *
 * What cannot be turned off: PKCE with S256, `state` for each attempt, `nonce` with an ID token, the exact issuer in metadata, callback (RFC 9207) and ID
 * token, its signature, `https` but for loopback, and bounds on every answer.
 *
 * @example
 * const client = createClient({
 *   issuer: 'https://login.example.com',
 *   clientId: 'shop',
 *   authentication: { method: 'client_secret_basic', clientSecret: 'kept in the environment' },
 *   redirectUri: 'https://shop.example.com/callback',
 * })
 * const { url } = await client.startLogin({ returnTo: '/orders' })
 * console.log(url) // where to redirect the browser
 *
 * @throws {ConfigurationError} naming the option and the fix
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-2 RFC 9700 §2}
 */
export function createClient<Claims = IdTokenClaims>(options: ClientOptions<Claims>): Client<Claims> {
  const settings = readClientOptions(options)
  const connection = createConnection(settings)
  const client: Client<Claims> = Object.freeze({
    issuer: settings.issuer,
    clientId: settings.clientId,
    redirectUri: settings.redirectUri,
    metadata: connection.metadata,
    ...createLogin(connection),
    ...createDeviceGrant(connection),
    ...createRefreshGrant(connection),
    ...createMachineGrants(connection),
    ...createExchangeGrant(connection),
    ...createRevocation(connection),
    ...createUserInfo(connection),
    ...createLogoutUrl(connection),
    ...createProofs(connection),
    parseTokenSet: (text: string) => parseTokenSet(connection, text),
  })
  keepClock(client, connection.clock)
  return client
}
