import type { LoginFailure } from '../browser-client.js'
import type { AuthorizationServer } from './authorization-server.js'
import { formatBase64url } from './base64url.js'
import { addParameters, type Parameters } from './parameters.js'
import type { SessionTokens } from './session-vault.js'
import type { LoginAttempt, LoginRequest, SessionSettings, StartedAttempt } from './session-worker.js'

const random = () => formatBase64url(crypto.getRandomValues(new Uint8Array(32)))

/**
 * Begins a login with the code flow: PKCE (S256), `state` and `nonce`, all new each time; pushed, at a server that requires it (RFC 9126).
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1 RFC 9700 §2.1.1}
 */
export async function startAttempt(settings: SessionSettings, server: AuthorizationServer, request: LoginRequest): Promise<StartedAttempt> {
  const metadata = await server.metadata()
  const { prompt, maxAgeSeconds } = request
  const [state, verifier, nonce] = [random(), random(), random()] as const
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  let parameters: Parameters = {
    response_type: 'code',
    redirect_uri: settings.redirectUri,
    scope: [settings.scope ?? 'openid', request.scope ?? []].flat().join(' '),
    state,
    nonce,
    code_challenge: formatBase64url(challenge),
    code_challenge_method: 'S256',
    dpop_jkt: await (await server.senderKey())?.thumbprint(),
    acr_values: request.acrValues?.join(' '),
    max_age: maxAgeSeconds?.toString(),
    login_hint: request.loginHint,
    prompt,
    resource: settings.resource,
  }
  const url = new URL(String(metadata.authorization_endpoint))
  if (metadata.require_pushed_authorization_requests) {
    const pushed = await server.post(metadata.pushed_authorization_request_endpoint, parameters)
    const { request_uri: requestUri } = (await pushed.json()) as { request_uri?: string }
    if (!requestUri) throw new Error('The server does not take the request.')
    parameters = { request_uri: requestUri }
  }
  addParameters(url.searchParams, { client_id: settings.clientId, ...parameters })
  return { url: url.href, attempt: { state, verifier, nonce, maxAgeSeconds, silent: prompt === 'none' } }
}

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
  server: AuthorizationServer,
  code: string,
  { nonce, verifier, maxAgeSeconds }: LoginAttempt,
): Promise<SessionTokens> {
  const tokens = await server.askForTokens({
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
