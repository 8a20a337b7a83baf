import { ClientError } from '../../client-error.js'
import { findShortcoming, requireDemands } from './device-authentication.js'
import type { LoopbackLoginOptions, LoopbackLoginOutcome } from '../loopback-login.js'

/**
 * Has the user type a code in on a device with a browser. How they authenticate cannot be asked for: what the login demands is checked afterwards.
 *
 * @param noBrowser why there is no browser here, if it is known
 */
export async function loginElsewhere<Claims>(
  { client, onUserCode, login = {}, signal }: LoopbackLoginOptions<Claims>,
  noBrowser: unknown,
): Promise<LoopbackLoginOutcome<Claims>> {
  if (onUserCode === undefined) {
    throw new ClientError('not_supported', 'There is no browser here to log in with, and no onUserCode to show a code instead.', {
      cause: noBrowser,
    })
  }
  requireDemands(login)
  const { scope, resource, authorizationDetails } = login
  const { complete, ...code } = await client.startDeviceLogin({ scope, resource, authorizationDetails, signal })
  await onUserCode(code)
  const outcome = await complete({ signal })
  if (outcome.kind === 'refused') return { kind: 'refused', error: undefined }
  const cause = outcome.kind === 'logged-in' ? findShortcoming(outcome.tokens, login) : undefined
  return cause === undefined ? outcome : { kind: 'rejected', reason: 'authentication_insufficient', cause }
}
