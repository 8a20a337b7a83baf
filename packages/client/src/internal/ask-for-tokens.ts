import type { AuthorizationServer, TokenEndpointResponse } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import { TokenSet } from '../token-set.js'
import { askAgain } from './ask-again.js'
import { explainRefusedClient } from './client-refusal.js'
import type { Connection, TokenTransport } from './connection.js'
import { asClientError } from './failure.js'
import { readIdTokenClaims } from './id-token-claims.js'
import { noteLeftOutIdToken } from './left-out-id-token.js'
import { isTokenText } from './token-text.js'

/** One way to get tokens: how they are asked for, and what the answer must be. */
export interface TokenGrant {
  send(server: AuthorizationServer, transport: TokenTransport): Promise<Response>
  /** Checks the answer, its ID token included where there has to be one. */
  check(server: AuthorizationServer, response: Response): Promise<TokenEndpointResponse>
  /** What was asked for, and so granted where the answer does not say. */
  readonly scope: string | undefined
  /** The set that is renewed: what a new one need not bring is taken over from it. */
  readonly previous?: TokenSet<unknown> | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Asks the token endpoint. A request that lacks the server's nonce is made once more with it (RFC 9449 §8), and one whose assertion or proof was
 * dated by a clock that turns out to be wrong, with the right time.
 *
 * @throws {ClientError}
 * @throws {ConfigurationError} for an option that turned out not to work, such as a key
 */
export async function askForTokens<Claims>(connection: Connection<Claims>, grant: TokenGrant): Promise<TokenSet<Claims>> {
  const server = await connection.server(grant.signal)
  const { token_endpoint: endpoint } = server
  if (endpoint === undefined) throw new ClientError('not_supported', 'The server has no token_endpoint.')
  const handle = await connection.senderKey?.handle()
  const transport: TokenTransport = { ...connection.transport(grant.signal), ...(handle && { DPoP: handle }) }
  let askedAt = 0
  const ask = async () => {
    askedAt = connection.clock.now()
    return grant.check(server, await grant.send(server, transport))
  }
  try {
    const answer = await askAgain(connection, handle !== undefined, ask)
    return await toTokenSet(connection, answer, grant, askedAt)
  } catch (error) {
    throw explainRefusedClient(asClientError(error), connection.settings, endpoint)
  }
}

async function toTokenSet<Claims>(
  { settings, clock, senderKey }: Connection<Claims>,
  answer: TokenEndpointResponse,
  { scope, previous }: TokenGrant,
  askedAt: number,
): Promise<TokenSet<Claims>> {
  // oauth4webapi gives it in lower case, and refuses types other than these two.
  const tokenType = answer.token_type === 'dpop' ? 'DPoP' : 'Bearer'
  if ((tokenType === 'DPoP') !== (senderKey !== undefined)) {
    throw new ClientError(
      'response_invalid',
      `The server gave a token of the type ${tokenType} ${senderKey ? 'in spite of' : 'without'} DPoP.`,
    )
  }
  const receivedAt = Math.floor(clock.now() / 1000)
  let leftOut: ClientError | undefined
  const claims = await readIdTokenClaims(settings.claims, answer).catch((error: unknown) => {
    // A refresh has spent the refresh token of before: its answer is not dropped for claims that there are already.
    if (previous === undefined) throw error
    leftOut = asClientError(error)
    return undefined
  })
  const isOfBefore = claims === undefined
  // A machine that slept while the answer was under way must not take an old token for a new one.
  const countedFrom = Math.min(Math.floor(askedAt / 1000), receivedAt)
  const tokens = new TokenSet<Claims>({
    issuer: settings.issuer,
    clientId: settings.clientId,
    accessToken: requireVisible('access_token', answer.access_token),
    tokenType,
    receivedAt,
    expiresAt: answer.expires_in === undefined ? undefined : countedFrom + answer.expires_in,
    scope: answer.scope ?? scope ?? previous?.scope,
    refreshToken: answer.refresh_token === undefined ? previous?.refreshToken : requireVisible('refresh_token', answer.refresh_token),
    idToken: isOfBefore ? previous?.idToken : answer.id_token,
    claims: isOfBefore ? (previous?.claims as Claims | undefined) : claims,
    authorizationDetails: answer.authorization_details ?? previous?.authorizationDetails,
    keyThumbprint: await senderKey?.thumbprint(),
  })
  if (leftOut !== undefined) noteLeftOutIdToken(tokens, leftOut)
  return tokens
}

function requireVisible(member: string, token: string): string {
  if (isTokenText(token)) return token
  throw new ClientError('response_invalid', `The server's ${member} is larger than 65,536 characters, or has some that no token has.`)
}
