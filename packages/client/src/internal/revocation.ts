import { processRevocationResponse, revocationRequest } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import type { Client } from '../client.js'
import { askAgain } from './ask-again.js'
import { explainRefusedClient } from './client-refusal.js'
import type { Connection } from './connection.js'
import { asClientError } from './failure.js'
import { requireOwnTokens } from './own-tokens.js'

/**
 * Ends tokens at the server. An outage is `server_unavailable`: the token is as good as before (RFC 7009 §2.2.1).
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
 */
export function createRevocation<Claims>(connection: Connection<Claims>): Pick<Client<Claims>, 'revoke'> {
  const { client, proveClient, settings } = connection
  return {
    async revoke(tokens, { signal } = {}) {
      requireOwnTokens(settings, tokens)
      const server = await connection.server(signal)
      const { revocation_endpoint: endpoint } = server
      if (endpoint === undefined) {
        throw new ClientError('not_supported', 'The authorization server has no revocation_endpoint: the tokens last until they expire.')
      }
      const { refreshToken } = tokens
      const hint = refreshToken === undefined ? 'access_token' : 'refresh_token'
      const options = { ...connection.transport(signal), additionalParameters: { token_type_hint: hint } }
      try {
        await askAgain(connection, false, async () =>
          processRevocationResponse(await revocationRequest(server, client, proveClient, refreshToken ?? tokens.accessToken, options)),
        )
      } catch (error) {
        throw explainRefusedClient(asClientError(error), settings, endpoint)
      }
    },
  }
}
