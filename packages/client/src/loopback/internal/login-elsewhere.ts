import { ClientError } from '../../client-error.js'
import type { LoopbackLoginOptions, LoopbackLoginOutcome } from '../loopback-login.js'

/**
 * Has the user type a code in on a device with a browser.
 *
 * @param cause why there is no browser here, if it is known
 */
export async function loginElsewhere<Claims>(
  { client, onUserCode, login = {}, signal }: LoopbackLoginOptions<Claims>,
  cause: unknown,
): Promise<LoopbackLoginOutcome<Claims>> {
  if (onUserCode === undefined) {
    throw new ClientError('not_supported', 'There is no browser here to log in with, and no onUserCode to show a code instead.', { cause })
  }
  const { scope, resource, authorizationDetails } = login
  const { complete, ...code } = await client.startDeviceLogin({ scope, resource, authorizationDetails, signal })
  await onUserCode(code)
  const outcome = await complete({ signal })
  return outcome.kind === 'refused' ? { kind: 'refused', error: undefined } : outcome
}
