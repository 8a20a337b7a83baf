import { parseSecureUrl } from '@bailiwick/protocol'
import { deviceAuthorizationRequest, processDeviceAuthorizationResponse } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import type { StartDeviceLoginOptions } from '../device-login.js'
import { askAgain } from './ask-again.js'
import { explainRefusedClient } from './client-refusal.js'
import type { Connection } from './connection.js'
import { asClientError } from './failure.js'
import { tokenParameters } from './token-parameters.js'

/** What a device has been given, checked. */
export interface DeviceAuthorization {
  readonly deviceCode: string
  readonly userCode: string
  readonly verificationUri: string
  readonly verificationUriComplete: string | undefined
  /** Seconds since the epoch. */
  readonly expiresAt: number
  /** How long to wait between two polls. */
  readonly intervalSeconds: number
  /** What was asked for. */
  readonly scope: string
}

const defaultIntervalSeconds = 5
const leastIntervalSeconds = 1
const longestLifeSeconds = 86_400

/**
 * Asks for the codes of a device. Where the user is sent is `https` (`http` on loopback), and what they are shown is letters, digits, spaces and hyphens, since it goes
 * to a terminal, or into a page, as it is. Codes that live for more than a day are kept for a day.
 *
 * @throws {ClientError}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.1 RFC 8628 §3.1}, §3.2
 */
export async function authorizeDevice(connection: Connection<unknown>, options: StartDeviceLoginOptions): Promise<DeviceAuthorization> {
  const { client, proveClient, settings, clock } = connection
  const scope = options.scope ?? settings.scope
  const parameters = tokenParameters({ ...options, scope })
  const server = await connection.server(options.signal)
  const { device_authorization_endpoint: endpoint } = server
  if (endpoint === undefined) {
    throw new ClientError('not_supported', 'The authorization server has no device_authorization_endpoint.')
  }
  try {
    const answer = await askAgain(connection, false, async () => {
      const response = await deviceAuthorizationRequest(server, client, proveClient, parameters, connection.transport(options.signal))
      return processDeviceAuthorizationResponse(server, client, response)
    })
    const { verification_uri_complete: complete } = answer
    return {
      scope,
      deviceCode: answer.device_code,
      userCode: requireUserCode(answer.user_code),
      verificationUri: requireVerificationUri(answer.verification_uri),
      verificationUriComplete: complete === undefined ? undefined : requireVerificationUri(complete),
      expiresAt: Math.floor(clock.now() / 1000) + Math.min(answer.expires_in, longestLifeSeconds),
      intervalSeconds: Math.max(answer.interval ?? defaultIntervalSeconds, leastIntervalSeconds),
    }
  } catch (error) {
    throw explainRefusedClient(asClientError(error), settings, endpoint)
  }
}

/** Nothing that a terminal or a page takes for more than text, and no room for a sentence of somebody's own with an address in it. */
function requireUserCode(userCode: string): string {
  if (/^[\p{L}\p{N} -]{1,40}$/u.test(userCode)) return userCode
  throw new ClientError('response_invalid', "The server's user_code is not 1 to 40 letters, digits, spaces and hyphens.")
}

function requireVerificationUri(uri: string): string {
  const url = parseSecureUrl(uri)
  if (url !== undefined) return url.href
  throw new ClientError('response_invalid', "The server's verification_uri is no https URL.")
}
