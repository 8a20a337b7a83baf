import { ConfigurationError } from '@bailiwick/protocol'
import { calculatePKCECodeChallenge } from 'oauth4webapi'
import type { LoginRequest } from './login-request.js'
import type { LoginTransaction } from './transaction.js'

/** What the client says itself, or has an option for whose value it checks. */
const reserved = new Set([
  'response_type',
  'response_mode',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
  'dpop_jkt',
  'request',
  'request_uri',
  'resource',
  'acr_values',
  'max_age',
  'login_hint',
  'prompt',
  'ui_locales',
  'authorization_details',
])

/**
 * Writes the parameters of an authorization request. The code is bound to the attempt by PKCE, the ID token by `nonce`, and the tokens to their key from the
 * code on.
 *
 * @throws {ConfigurationError} for a parameter that the client sets itself
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1 RFC 6749 §4.1.1}, RFC 7636 §4.3, RFC 9449 §10
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest OpenID Connect Core §3.1.2.1}
 */
export async function authorizationParameters(request: LoginRequest, transaction: LoginTransaction): Promise<URLSearchParams> {
  const { clientId, redirectUri, state, nonce, codeVerifier, keyThumbprint } = transaction
  const { resources, acrValues, maxAgeSeconds, uiLocales, authorizationDetails } = request
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: request.scope,
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  })
  const optional = {
    nonce,
    dpop_jkt: keyThumbprint,
    response_mode: request.responseMode,
    acr_values: acrValues.length === 0 ? undefined : acrValues.join(' '),
    max_age: maxAgeSeconds === undefined ? undefined : String(maxAgeSeconds),
    login_hint: request.loginHint,
    prompt: request.prompt,
    ui_locales: uiLocales.length === 0 ? undefined : uiLocales.join(' '),
    authorization_details: authorizationDetails === undefined ? undefined : JSON.stringify(authorizationDetails),
  }
  for (const [name, value] of Object.entries(optional)) if (value !== undefined) parameters.set(name, value)
  for (const resource of resources) parameters.append('resource', resource)
  for (const [name, value] of Object.entries(request.parameters)) {
    if (reserved.has(name)) throw new ConfigurationError(`parameters.${name} is set by the client or by an option: leave it out.`)
    parameters.set(name, value)
  }
  return parameters
}
