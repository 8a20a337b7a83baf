import { authorizationCodeGrantRequest, processAuthorizationCodeResponse } from 'oauth4webapi'
import type { TokenSet } from '../../token-set.js'
import { askForTokens } from '../ask-for-tokens.js'
import type { Connection } from '../connection.js'
import { verifyIdToken } from '../id-token-signature.js'
import { asInsufficientAuthentication, requireAcr } from './insufficient-authentication.js'
import type { LoginTransaction } from './transaction.js'

/**
 * Swaps the code for tokens. Of the ID token are checked: issuer, audience, `azp`, times, `nonce`, `auth_time` if it matters, the signature, and `acr` if it has to
 * be a certain one.
 *
 * @param callback as `validateAuthResponse` of oauth4webapi gave it
 * @throws {ClientError}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 RFC 6749 §4.1.3}, RFC 7636 §4.5
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OpenID Connect Core §3.1.3.7}
 */
export async function redeemCode<Claims>(
  connection: Connection<Claims>,
  callback: URLSearchParams,
  transaction: LoginTransaction,
  signal: AbortSignal | undefined,
): Promise<TokenSet<Claims>> {
  const { client, proveClient } = connection
  const { redirectUri, codeVerifier, nonce, scope, maxAgeSeconds } = transaction
  const expected = {
    ...(nonce !== undefined && { expectedNonce: nonce, requireIdToken: true }),
    ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds }),
  }
  return askForTokens(connection, {
    scope,
    signal,
    send: (server, transport) => authorizationCodeGrantRequest(server, client, proveClient, callback, redirectUri, codeVerifier, transport),
    async check(server, response) {
      const answer = await processAuthorizationCodeResponse(server, client, response, expected).catch((error: unknown) => {
        throw asInsufficientAuthentication(error)
      })
      await verifyIdToken(connection, { server, response, answer, signal })
      requireAcr(answer, transaction)
      return answer
    },
  })
}
