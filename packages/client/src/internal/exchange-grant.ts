import { genericTokenEndpointRequest, processGenericTokenEndpointResponse } from 'oauth4webapi'
import type { ExchangeOptions } from '../token-exchange.js'
import type { TokenSet } from '../token-set.js'
import { askForTokens } from './ask-for-tokens.js'
import type { Connection } from './connection.js'
import { readVerified } from './id-token-signature.js'
import { tokenParameters } from './token-parameters.js'

const exchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ownOptions = ['subjectToken', 'subjectTokenType', 'actorToken', 'actorTokenType', 'requestedTokenType']
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'

/** A token for another. @see {@link https://www.rfc-editor.org/rfc/rfc8693#section-2 RFC 8693 §2} */
export function createExchangeGrant<Claims>(connection: Connection<Claims>) {
  const { client, proveClient } = connection
  return {
    exchange: async (options: ExchangeOptions): Promise<TokenSet<Claims>> =>
      askForTokens(connection, {
        scope: options.scope,
        signal: options.signal,
        send: (server, transport) =>
          genericTokenEndpointRequest(server, client, proveClient, exchangeGrant, exchangeParameters(options), transport),
        check: readVerified(connection, processGenericTokenEndpointResponse, options.signal),
      }),
  }
}

function exchangeParameters(options: ExchangeOptions): URLSearchParams {
  const form = tokenParameters(options, ownOptions)
  form.set('subject_token', options.subjectToken)
  form.set('subject_token_type', options.subjectTokenType ?? accessTokenType)
  if (options.actorToken !== undefined) {
    form.set('actor_token', options.actorToken)
    form.set('actor_token_type', options.actorTokenType ?? accessTokenType)
  }
  if (options.requestedTokenType !== undefined) form.set('requested_token_type', options.requestedTokenType)
  return form
}
