import { hasContentType } from '@bailiwick/protocol'
import { type AuthorizationServer, processUserInfoResponse, userInfoRequest } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import type { Client } from '../client.js'
import type { TokenSet } from '../token-set.js'
import type { UserInfo } from '../user-info.js'
import { askAgain } from './ask-again.js'
import type { Connection, TokenTransport } from './connection.js'
import { asClientError } from './failure.js'
import { verifySignature } from './id-token-signature.js'
import { requireOwnKey, requireOwnTokens } from './own-tokens.js'
import { readStandardClaims } from './standard-claims.js'
import { subjectOf } from './token-subject.js'

/**
 * The claims at the userinfo endpoint. They are used only if their `sub` is that of the ID token; of a signed answer the signature, its
 * algorithm (one that the metadata name), `iss`, `aud` and the times are checked too, as far as it has them.
 *
 * Does *not* decrypt answers, and does not show them to the schema of the client, which is that of ID tokens.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfo OpenID Connect Core §5.3}
 */
export function createUserInfo<Claims>(connection: Connection<Claims>): Pick<Client<Claims>, 'userInfo'> {
  return {
    async userInfo(tokens, { signal } = {}) {
      requireOwnTokens(connection.settings, tokens)
      await requireOwnKey(connection, tokens)
      const subject = requireSubject(tokens)
      const server = await connection.server(signal)
      if (server.userinfo_endpoint === undefined) {
        throw new ClientError('not_supported', 'The authorization server has no userinfo_endpoint.')
      }
      const transport = await boundTransport(connection, tokens, signal)
      try {
        return await askAgain(connection, transport.DPoP !== undefined, () =>
          askForClaims(connection, { server, transport, tokens, subject }),
        )
      } catch (error) {
        throw asClientError(error)
      }
    },
  }
}

/** Without an ID token nobody can say whose claims they must be, and an access token of somebody else's would pass (§16.11). */
function requireSubject(tokens: TokenSet<unknown>): string {
  const subject = tokens.idToken === undefined ? undefined : subjectOf(tokens)
  if (subject !== undefined) return subject
  throw new ClientError(
    'not_supported',
    'The token set has no ID token, by which userInfo tells whose claims they are: log in with the scope openid.',
  )
}

/** A token is shown as what it is: one without a key gets no proof, though the client may have a key by now. */
async function boundTransport(
  { senderKey, transport }: Connection<unknown>,
  { tokenType }: TokenSet<unknown>,
  signal: AbortSignal | undefined,
): Promise<TokenTransport> {
  if (tokenType === 'Bearer') return transport(signal)
  if (senderKey === undefined)
    throw new ClientError('not_supported', 'The access token is bound to a key: give the client the option dpop with it.')
  return { ...transport(signal), DPoP: await senderKey.handle() }
}

interface UserInfoInput {
  readonly server: AuthorizationServer
  readonly transport: TokenTransport
  readonly tokens: TokenSet<unknown>
  readonly subject: string
}

async function askForClaims(connection: Connection<unknown>, { server, transport, tokens, subject }: UserInfoInput): Promise<UserInfo> {
  const { client } = connection
  const response = await userInfoRequest(server, client, tokens.accessToken, transport)
  const claims = await processUserInfoResponse(server, client, subject, response)
  // Whatever was not taken as JSON was taken as a JWT, of which only the claims were looked at so far.
  if (!hasContentType(response.headers, 'application/json')) {
    await verifySignature(connection, { server, response, signal: transport.signal })
  }
  return readStandardClaims(claims)
}
