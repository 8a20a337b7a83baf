import {
  clientCredentialsGrantRequest,
  genericTokenEndpointRequest,
  processClientCredentialsResponse,
  processGenericTokenEndpointResponse,
} from 'oauth4webapi'
import type { TokenRequestOptions } from '../token-request.js'
import type { TokenSet } from '../token-set.js'
import { askForTokens } from './ask-for-tokens.js'
import type { Connection } from './connection.js'
import { readVerified } from './id-token-signature.js'
import { tokenParameters } from './token-parameters.js'

const jwtBearerGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** The grants without a user. @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 RFC 6749 §4.4}, RFC 7523 §2.1 */
export function createMachineGrants<Claims>(connection: Connection<Claims>) {
  const { client, proveClient } = connection
  return {
    clientCredentials: async (options: TokenRequestOptions = {}): Promise<TokenSet<Claims>> =>
      askForTokens(connection, {
        scope: options.scope,
        signal: options.signal,
        send: (server, transport) => clientCredentialsGrantRequest(server, client, proveClient, tokenParameters(options), transport),
        check: readVerified(connection, processClientCredentialsResponse, options.signal),
      }),
    jwtBearer: async (assertion: string, options: TokenRequestOptions = {}): Promise<TokenSet<Claims>> =>
      askForTokens(connection, {
        scope: options.scope,
        signal: options.signal,
        send(server, transport) {
          const form = tokenParameters(options)
          form.set('assertion', assertion)
          return genericTokenEndpointRequest(server, client, proveClient, jwtBearerGrant, form, transport)
        },
        check: readVerified(connection, processGenericTokenEndpointResponse, options.signal),
      }),
  }
}
