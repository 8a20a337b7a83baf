import type { LoginFailure } from '../browser-client.js'
import type { AuthorizationServer } from './authorization-server.js'
import type { SessionTokens } from './session-vault.js'
import type { LoginAttempt, SessionSettings } from './session-worker.js'
import type { TokenEndpoint } from './token-endpoint.js'

/** What a callback says: a code, or why there is none. */
export type Callback = { readonly code: string } | LoginFailure

/**
 * Reads the query of a callback: each parameter at most once, of this attempt, and by RFC 9207 from this server.
 *
 * @throws for one that cannot be trusted
 */
export async function readCallback(
  { issuer }: SessionSettings,
  server: AuthorizationServer,
  query: string,
  attempt: LoginAttempt,
): Promise<Callback> {
  const parameters = new URLSearchParams(query)
  const callback = Object.fromEntries(parameters)
  const { authorization_response_iss_parameter_supported: hasIssuer } = await server.metadata()
  const { iss = hasIssuer ? undefined : issuer, state, error, error_description: description, code = '' } = callback
  if (iss !== issuer || state !== attempt.state || [...parameters].length !== Object.keys(callback).length) {
    throw new Error('The callback is of another attempt, or ambiguous.')
  }
  return error === undefined ? { code } : { error, description }
}

/**
 * Swaps the code for tokens, whose ID token has to be of this attempt, and of a user who has authenticated as recently as was asked for.
 *
 * @throws what cannot be trusted, or reached
 */
export async function redeemCode(
  { redirectUri }: SessionSettings,
  endpoint: TokenEndpoint,
  code: string,
  { nonce, verifier, maxAgeSeconds }: LoginAttempt,
): Promise<SessionTokens> {
  const tokens = await endpoint.ask({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  const { user } = tokens
  if (user.nonce !== nonce) throw new Error('The ID token is of another attempt.')
  // Both by the server's clock. What lacks the time fails too.
  if (maxAgeSeconds !== undefined && !(Number(user.iat) - Number(user.auth_time) <= maxAgeSeconds + 5)) {
    throw new Error('The login is too old.')
  }
  return tokens
}
