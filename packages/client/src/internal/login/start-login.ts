import { generateRandomCodeVerifier, generateRandomNonce, generateRandomState, type PrivateKey } from 'oauth4webapi'
import type { StartedLogin, StartLoginOptions } from '../../login.js'
import { attemptRedirectUri } from '../attempt-redirect-uri.js'
import type { Connection } from '../connection.js'
import { authorizationParameters } from './authorization-request.js'
import { authorizationUrl } from './authorization-url.js'
import { readLoginRequest } from './login-request.js'
import { formatTransaction, type LoginTransaction } from './transaction.js'

/**
 * Begins an attempt, with secrets of its own.
 *
 * @throws {ConfigurationError} @throws {ClientError}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-2.1 RFC 9700 §2.1}, §4.7 (CSRF), RFC 7636 §4.1
 */
export async function startLogin<Claims>(
  connection: Connection<Claims>,
  requestObjectKey: (() => Promise<PrivateKey>) | undefined,
  options: StartLoginOptions,
): Promise<StartedLogin> {
  const { settings, clock, senderKey } = connection
  const request = readLoginRequest(options, settings.scope)
  const transaction: LoginTransaction = {
    issuer: settings.issuer,
    clientId: settings.clientId,
    redirectUri: attemptRedirectUri(settings.redirectUri, options.loopbackPort),
    state: generateRandomState(),
    codeVerifier: generateRandomCodeVerifier(),
    nonce: request.wantsIdToken ? generateRandomNonce() : undefined,
    scope: request.scope,
    maxAgeSeconds: request.maxAgeSeconds,
    requiredAcr: request.requireAcr ? request.acrValues : undefined,
    keyThumbprint: await senderKey?.thumbprint(),
    returnTo: request.returnTo,
    appState: request.appState,
    expiresAt: Math.floor(clock.now() / 1000) + settings.loginTimeoutSeconds,
  }
  const text = formatTransaction(transaction)
  const parameters = await authorizationParameters(request, transaction)
  const server = await connection.server(options.signal)
  const url = await authorizationUrl(connection, { server, parameters, requestObjectKey, signal: options.signal })
  const { state, expiresAt } = transaction
  return { url, state, transaction: text, expiresAt }
}
