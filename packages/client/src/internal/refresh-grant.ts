import { processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import type { TokenRequestOptions } from '../token-request.js'
import type { TokenSet } from '../token-set.js'
import { askForTokens } from './ask-for-tokens.js'
import type { Connection } from './connection.js'
import { verifyIdToken } from './id-token-signature.js'
import { requireOwnTokens } from './own-tokens.js'
import { tokenParameters } from './token-parameters.js'

/**
 * New tokens for a refresh token. Of an ID token that comes along, issuer, audience, times and signature are checked, and that it is about the same user.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 RFC 6749 §6}
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens OpenID Connect Core §12}
 */
export function createRefreshGrant<Claims>(connection: Connection<Claims>) {
  const { client, proveClient } = connection
  return {
    async refresh(tokens: TokenSet<Claims>, options: TokenRequestOptions = {}): Promise<TokenSet<Claims>> {
      requireOwnTokens(connection.settings, tokens)
      const { refreshToken } = tokens
      if (refreshToken === undefined) throw new ClientError('session_ended', 'There is no refresh token: the user has to log in again.')
      try {
        return await askForTokens(connection, {
          scope: options.scope,
          previous: tokens,
          signal: options.signal,
          send: (server, transport) =>
            refreshTokenGrantRequest(server, client, proveClient, refreshToken, {
              ...transport,
              additionalParameters: tokenParameters(options),
            }),
          async check(server, response) {
            const answer = await processRefreshTokenResponse(server, client, response)
            try {
              await verifyIdToken(connection, { server, response, answer, previous: tokens, signal: options.signal })
              return answer
            } catch (error) {
              if (!cannotBeVerifiedNow(error)) throw error
              const { id_token: _, ...withoutIdToken } = answer
              return withoutIdToken
            }
          },
        })
      } catch (error) {
        throw isEndOfSession(error)
          ? new ClientError('session_ended', 'The refresh token is not good any more: the user has to log in again.', {
              cause: error,
              oauthError: error.oauthError,
            })
          : error
      }
    },
  }
}

/**
 * The server has rotated the refresh token by now: to drop the answer because its keys cannot be fetched would end the session. The ID token alone is
 * left out, which a refresh need not bring, and the one before stands.
 */
function cannotBeVerifiedNow(error: unknown): boolean {
  return error instanceof ClientError && (error.code === 'server_unavailable' || error.code === 'aborted')
}

/** Nothing but this ends a session: not a client that is misconfigured for a while, and no outage. */
function isEndOfSession(error: unknown): error is ClientError {
  return error instanceof ClientError && error.code === 'request_refused' && error.oauthError?.error === 'invalid_grant'
}
