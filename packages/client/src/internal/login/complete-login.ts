import { validateAuthResponse } from 'oauth4webapi'
import type { CompleteLoginInput, LoginOutcome } from '../../login.js'
import type { Connection } from '../connection.js'
import { findIssuerFault, findStateFault, readCallback } from './callback.js'
import { redeemCode } from './code-grant.js'
import { loginFailure, type LoginStep, rejected } from './login-failure.js'
import { explainNoTransaction, findForeignTransaction } from './transaction-fault.js'
import { parseTransaction } from './transaction.js'

/**
 * Ends an attempt. What a callback says counts once it is known to belong to the attempt: until then nothing is sent to anybody, and an error in it
 * is nobody's.
 *
 * @throws {ClientError} for what no user can help
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.4 RFC 9700 §4.4} (mix-up), §4.5 (code injection), §4.7 (CSRF)
 */
export async function completeLogin<Claims>(connection: Connection<Claims>, input: CompleteLoginInput): Promise<LoginOutcome<Claims>> {
  const { settings, clock, client, senderKey } = connection
  if (input.transaction === undefined || input.transaction === null) return { kind: 'stale', reason: 'no_transaction', returnTo: '/' }
  const transaction = parseTransaction(input.transaction)
  if (transaction === undefined) return rejected('transaction_invalid', explainNoTransaction(input.transaction))
  const foreign = findForeignTransaction(settings, transaction)
  if (foreign !== undefined) return rejected('transaction_invalid', foreign)
  const { returnTo, appState } = transaction
  const read = readCallback(input.callback)
  if ('fault' in read) return rejected('callback_malformed', read.fault)
  const { parameters: callback } = read
  const stateFault = findStateFault(callback, transaction)
  if (stateFault !== undefined) return rejected('state_mismatch', stateFault)
  if (transaction.expiresAt <= clock.now() / 1000) return { kind: 'stale', reason: 'expired', returnTo }
  if (transaction.keyThumbprint !== (await senderKey?.thumbprint())) return { kind: 'stale', reason: 'no_transaction', returnTo }
  let step: LoginStep = 'metadata'
  try {
    const server = await connection.server(input.signal)
    const isAlwaysNamed = server.authorization_response_iss_parameter_supported === true
    const issuerFault = findIssuerFault(callback, settings.issuer, isAlwaysNamed)
    if (issuerFault !== undefined) return rejected('issuer_mismatch', issuerFault)
    step = 'callback'
    const response = validateAuthResponse(server, client, callback, transaction.state)
    step = 'code'
    const tokens = await redeemCode(connection, response, transaction, input.signal)
    return { kind: 'logged-in', tokens, returnTo, appState }
  } catch (error) {
    return loginFailure(error, step, transaction)
  }
}
