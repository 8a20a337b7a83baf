import type { AuthorizationServer } from './authorization-server.js'
import { formatBase64url } from './base64url.js'
import { addParameters, type Parameters } from './parameters.js'
import type { LoginRequest, SessionSettings, StartedAttempt } from './session-worker.js'
import type { TokenEndpoint } from './token-endpoint.js'

const random = () => formatBase64url(crypto.getRandomValues(new Uint8Array(32)))

/**
 * Begins a login with the code flow: PKCE (S256), `state` and `nonce`, all new each time; pushed, at a server that requires it (RFC 9126).
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1 RFC 9700 §2.1.1}
 */
export async function startAttempt(
  settings: SessionSettings,
  server: AuthorizationServer,
  endpoint: TokenEndpoint,
  request: LoginRequest,
): Promise<StartedAttempt> {
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
    dpop_jkt: await (await endpoint.senderKey())?.thumbprint(),
    acr_values: request.acrValues?.join(' '),
    max_age: maxAgeSeconds?.toString(),
    login_hint: request.loginHint,
    prompt,
    resource: settings.resource,
  }
  const url = new URL(String(metadata.authorization_endpoint))
  if (metadata.require_pushed_authorization_requests) {
    const pushed = await server.post(await server.endpoint('pushed_authorization_request_endpoint'), parameters)
    const { request_uri: requestUri } = (await pushed.json()) as { request_uri?: string }
    if (!requestUri) throw new Error('The server does not take the request.')
    parameters = { request_uri: requestUri }
  }
  addParameters(url.searchParams, { client_id: settings.clientId, ...parameters })
  return { url: url.href, attempt: { state, verifier, nonce, maxAgeSeconds, silent: prompt === 'none' } }
}
