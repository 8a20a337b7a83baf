import { validateAuthResponse } from 'oauth4webapi'
import type { CompleteLoginInput, LoginOutcome } from '../../login.js'
import { isAttemptRedirectUri } from '../attempt-redirect-uri.js'
import type { ClientSettings } from '../client-settings.js'
import type { Connection } from '../connection.js'
import { hasIssuer, hasState, readCallback } from './callback.js'
import { redeemCode } from './code-grant.js'
import { loginFailure, type LoginStep, rejected } from './login-failure.js'
import { type LoginTransaction, parseTransaction } from './transaction.js'

/**
 * Ends an attempt. What a callback says counts once it is known to belong to the attempt: until then nothing is sent to anybody, and an error in it
 * is nobody's.
 *
 * @throws {ClientError} for what no user can help
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.4 RFC 9700 §4.4} (mix-up), §4.5 (code injection), §4.7 (CSRF)
 */
export async function completeLogin<Claims>(connection: Connection<Claims>, input: CompleteLoginInput): Promise<LoginOutcome<Claims>> {
  const { settings, clock, client, senderKey } = connection
  if (input.transaction === undefined) return { kind: 'stale', reason: 'no_transaction', returnTo: '/' }
  const transaction = parseTransaction(input.transaction)
  if (transaction === undefined || !isOf(settings, transaction)) return rejected('transaction_invalid')
  const { returnTo, appState } = transaction
  const callback = readCallback(input.callback)
  if (callback === undefined) return rejected('callback_malformed')
  if (!hasState(callback, transaction)) return rejected('state_mismatch')
  if (transaction.expiresAt <= clock.now() / 1000) return { kind: 'stale', reason: 'expired', returnTo }
  if (transaction.keyThumbprint !== (await senderKey?.thumbprint())) return { kind: 'stale', reason: 'no_transaction', returnTo }
  let step: LoginStep = 'metadata'
  try {
    const server = await connection.server(input.signal)
    const isAlwaysNamed = server.authorization_response_iss_parameter_supported === true
    if (!hasIssuer(callback, settings.issuer, isAlwaysNamed)) return rejected('issuer_mismatch')
    step = 'callback'
    const response = validateAuthResponse(server, client, callback, transaction.state)
    step = 'code'
    const tokens = await redeemCode(connection, response, transaction, input.signal)
    return { kind: 'logged-in', tokens, returnTo, appState }
  } catch (error) {
    return loginFailure(error, step, transaction)
  }
}

/** A transaction of another client must not get this one's answer, nor the other way round (RFC 9700 §4.4.2). */
function isOf(settings: ClientSettings<unknown>, { issuer, clientId, redirectUri }: LoginTransaction): boolean {
  return issuer === settings.issuer && clientId === settings.clientId && isAttemptRedirectUri(settings.redirectUri, redirectUri)
}
