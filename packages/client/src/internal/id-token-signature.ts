import {
  type AuthorizationServer,
  getValidatedIdTokenClaims,
  KEY_SELECTION,
  OperationProcessingError,
  type TokenEndpointResponse,
  validateApplicationLevelSignature,
} from 'oauth4webapi'
import { decodeJwt } from 'jose'
import { ClientError } from '../client-error.js'
import type { TokenSet } from '../token-set.js'
import type { Connection } from './connection.js'

/** An answer that oauth4webapi has looked at. */
export interface IdTokenInput {
  readonly server: AuthorizationServer
  readonly response: Response
  readonly answer: TokenEndpointResponse
  /** The set whose user it must be about. */
  readonly previous?: TokenSet<unknown> | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Checks the signature of the ID token of an answer, though it came over TLS: a token that is kept, and shown to others, has to stand by itself.
 *
 * @throws what oauth4webapi throws, or a `ClientError`
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OpenID Connect Core §3.1.3.7}, §12.2
 */
export async function verifyIdToken<Claims>(
  connection: Connection<Claims>,
  { server, response, answer, previous, signal }: IdTokenInput,
): Promise<void> {
  const claims = getValidatedIdTokenClaims(answer)
  if (claims === undefined) return
  await verifySignature(connection, { server, response, signal })
  const before = previous?.idToken === undefined ? undefined : decodeJwt(previous.idToken)
  if (before !== undefined && before.sub !== claims.sub) {
    throw new ClientError('response_invalid', 'The new ID token is about another user than the one before.')
  }
}

/**
 * Checks the signature of the JWT that oauth4webapi has read from a response. For a key that it does not know, the keys are asked for again at once: they
 * may have been rotated since, and JWTs come from the server alone, so that nobody else can have it asked.
 *
 * @throws what oauth4webapi throws, or a `ClientError`
 */
export async function verifySignature(
  connection: Connection<unknown>,
  { server, response, signal }: Pick<IdTokenInput, 'server' | 'response' | 'signal'>,
): Promise<void> {
  try {
    await validateApplicationLevelSignature(server, response, connection.keyTransport(signal))
  } catch (error) {
    if (!(error instanceof OperationProcessingError) || error.code !== KEY_SELECTION) throw error
    connection.forgetKeys()
    await validateApplicationLevelSignature(await connection.server(signal), response, connection.keyTransport(signal))
  }
}
