import { processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import type { TokenRequestOptions } from '../token-request.js'
import type { TokenSet } from '../token-set.js'
import { askForTokens } from './ask-for-tokens.js'
import type { Connection } from './connection.js'
import { asClientError } from './failure.js'
import { lacksKeys, verifyIdToken } from './id-token-signature.js'
import { noteLeftOutIdToken } from './left-out-id-token.js'
import { noRefreshToken } from './no-refresh-token.js'
import { requireOwnKey, requireOwnTokens } from './own-tokens.js'
import { carryTokens, readRotatedToken, readTokenBody } from './rotated-tokens.js'
import { requireSameUser } from './same-user.js'
import { tokenParameters } from './token-parameters.js'
import { subjectOf } from './token-subject.js'

/**
 * New tokens for a refresh token. Of an ID token that comes along, issuer, audience, times and signature are checked, and that it is about the same user.
 *
 * One that cannot be verified because the keys cannot be had, or whose claims do not fit the schema, is left out, and the one before stands; the token source tells of it. One that is wrong
 * has the whole answer refused, as `response_invalid`; the refresh token of such an answer goes to the token source, and is used for nothing but the next refresh.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 RFC 6749 §6}
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens OpenID Connect Core §12}
 */
export function createRefreshGrant<Claims>(connection: Connection<Claims>) {
  const { client, proveClient } = connection
  return {
    async refresh(tokens: TokenSet<Claims>, options: TokenRequestOptions = {}): Promise<TokenSet<Claims>> {
      requireOwnTokens(connection.settings, tokens)
      await requireOwnKey(connection, tokens)
      const { refreshToken } = tokens
      if (refreshToken === undefined) throw noRefreshToken()
      const subject = subjectOf(tokens)
      let rotated: string | undefined
      let leftOut: ClientError | undefined
      try {
        const renewed = await askForTokens(connection, {
          scope: options.scope,
          previous: tokens,
          signal: options.signal,
          send: (server, transport) =>
            refreshTokenGrantRequest(server, client, proveClient, refreshToken, {
              ...transport,
              additionalParameters: tokenParameters(options),
            }),
          async check(server, given) {
            const body = await readTokenBody(given)
            rotated = readRotatedToken(body, subject)
            const response = withoutEmptyIdToken(given, body)
            const answer = await processRefreshTokenResponse(server, client, response)
            await requireSameUser(connection.settings, answer, tokens)
            try {
              await verifyIdToken(connection, { server, response, answer, signal: options.signal })
              return answer
            } catch (error) {
              if (!lacksKeys(error)) throw error
              leftOut = asClientError(error)
              const { id_token: _, ...withoutIdToken } = answer
              return withoutIdToken
            }
          },
        })
        if (leftOut !== undefined) noteLeftOutIdToken(renewed, leftOut)
        return renewed
      } catch (error) {
        carryTokens(error, tokens, rotated)
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

/** As some servers write that there is none. */
function withoutEmptyIdToken(response: Response, body: Readonly<Record<string, unknown>>): Response {
  if (body.id_token !== '') return response
  const { id_token: _, ...others } = body
  return new Response(JSON.stringify(others), response)
}

/** Nothing but this ends a session: not a client that is misconfigured for a while, and no outage. */
function isEndOfSession(error: unknown): error is ClientError {
  return error instanceof ClientError && error.code === 'request_refused' && error.oauthError?.error === 'invalid_grant'
}
