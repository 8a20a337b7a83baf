import {
  type AuthorizationServer,
  type Client as RegisteredClient,
  getValidatedIdTokenClaims,
  INVALID_SERVER_METADATA,
  KEY_SELECTION,
  MISSING_SERVER_METADATA,
  OperationProcessingError,
  PARSE_ERROR,
  RESPONSE_IS_NOT_CONFORM,
  RESPONSE_IS_NOT_JSON,
  type TokenEndpointResponse,
  validateApplicationLevelSignature,
} from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import type { Connection } from './connection.js'

/** An answer that oauth4webapi has looked at. */
export interface IdTokenInput {
  readonly server: AuthorizationServer
  readonly response: Response
  readonly answer: TokenEndpointResponse
  readonly signal?: AbortSignal | undefined
}

/** Reads an answer of the token endpoint as oauth4webapi does, and checks the signature of its ID token, if it has one. */
export function readVerified<Claims>(
  connection: Connection<Claims>,
  read: (server: AuthorizationServer, client: RegisteredClient, response: Response) => Promise<TokenEndpointResponse>,
  signal: AbortSignal | undefined,
): (server: AuthorizationServer, response: Response) => Promise<TokenEndpointResponse> {
  return async (server, response) => {
    const answer = await read(server, connection.client, response)
    await verifyIdToken(connection, { server, response, answer, signal })
    return answer
  }
}

/**
 * Checks the signature of the ID token of an answer, though it came over TLS: a token that is kept, and shown to others, has to stand by itself.
 *
 * @throws what oauth4webapi throws, or a `ClientError`
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation OpenID Connect Core §3.1.3.7}, §12.2
 */
export async function verifyIdToken<Claims>(
  connection: Connection<Claims>,
  { server, response, answer, signal }: IdTokenInput,
): Promise<void> {
  if (getValidatedIdTokenClaims(answer) === undefined) return
  await verifySignature(connection, { server, response, signal })
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

const lackOfKeys = new Set<unknown>([
  KEY_SELECTION,
  MISSING_SERVER_METADATA,
  INVALID_SERVER_METADATA,
  RESPONSE_IS_NOT_CONFORM,
  RESPONSE_IS_NOT_JSON,
  PARSE_ERROR,
])

/** Whether `verifyIdToken` failed without a verdict: the keys could not be had, or do not have the one that is needed. */
export function lacksKeys(error: unknown): boolean {
  // Of the requests for keys and metadata; what is wrong with the ID token itself is an error of oauth4webapi.
  if (error instanceof ClientError) return true
  if (!(error instanceof OperationProcessingError)) return false
  const isOfKeys = typeof error.cause === 'object' && error.cause !== null && 'body' in error.cause
  return isOfKeys || lackOfKeys.has(error.code)
}
