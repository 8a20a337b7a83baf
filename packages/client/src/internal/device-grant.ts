import { ConfigurationError } from '@bailiwick/protocol'
import { deviceCodeGrantRequest, processDeviceCodeResponse } from 'oauth4webapi'
import { ClientError } from '../client-error.js'
import type { Client } from '../client.js'
import type { DeviceLoginOutcome } from '../device-login.js'
import type { TokenSet } from '../token-set.js'
import { abortableSleep, type Sleep } from './abortable-sleep.js'
import { askForTokens } from './ask-for-tokens.js'
import type { Connection } from './connection.js'
import { authorizeDevice, type DeviceAuthorization } from './device-authorization.js'
import { readVerified } from './id-token-signature.js'

const slowDownSeconds = 5
const longestPauseSeconds = 60

/**
 * A login on another device.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628 RFC 8628}
 */
export function createDeviceGrant<Claims>(
  connection: Connection<Claims>,
  sleep: Sleep = abortableSleep,
): Pick<Client<Claims>, 'startDeviceLogin'> {
  return {
    async startDeviceLogin(options = {}) {
      const device = await authorizeDevice(connection, options)
      const { userCode, verificationUri, verificationUriComplete, expiresAt } = device
      let isComplete = false
      return {
        userCode,
        verificationUri,
        verificationUriComplete,
        expiresAt,
        async complete({ signal } = {}) {
          if (isComplete) throw new ConfigurationError('complete() was called before: a login can be waited for once.')
          isComplete = true
          return waitForUser({ connection, device, sleep, signal })
        },
      }
    },
  }
}

interface WaitInput<Claims> {
  readonly connection: Connection<Claims>
  readonly device: DeviceAuthorization
  readonly sleep: Sleep
  readonly signal: AbortSignal | undefined
}

/**
 * Asks until there is a decision. A server that cannot be reached is asked again, ever more seldom, as long as the code lives (RFC 8628 §3.5).
 *
 * @throws {ClientError} `request_refused`, `response_invalid`, `aborted`; never `server_unavailable`
 */
async function waitForUser<Claims>({ connection, device, sleep, signal }: WaitInput<Claims>): Promise<DeviceLoginOutcome<Claims>> {
  const { clock } = connection
  let intervalSeconds = device.intervalSeconds
  let pauseSeconds = intervalSeconds
  for (;;) {
    const remainingMs = device.expiresAt * 1000 - clock.now()
    if (remainingMs <= 0) return { kind: 'expired' }
    await sleep(Math.min(pauseSeconds * 1000, remainingMs), signal)
    if (clock.now() >= device.expiresAt * 1000) return { kind: 'expired' }
    const answer = await poll(connection, device, signal)
    if (answer.kind === 'slow_down') intervalSeconds += slowDownSeconds
    if (answer.kind === 'pending' || answer.kind === 'slow_down') pauseSeconds = intervalSeconds
    else if (answer.kind === 'unreachable') {
      pauseSeconds = Math.max(Math.min(pauseSeconds * 2, longestPauseSeconds), intervalSeconds, answer.retryAfterSeconds)
    } else return answer
  }
}

type PollAnswer<Claims> =
  | DeviceLoginOutcome<Claims>
  | { readonly kind: 'pending' }
  | { readonly kind: 'slow_down' }
  | { readonly kind: 'unreachable'; readonly retryAfterSeconds: number }

async function poll<Claims>(
  connection: Connection<Claims>,
  device: DeviceAuthorization,
  signal: AbortSignal | undefined,
): Promise<PollAnswer<Claims>> {
  try {
    return { kind: 'logged-in', tokens: await redeem(connection, device, signal) }
  } catch (error) {
    if (!(error instanceof ClientError)) throw error
    if (error.code === 'server_unavailable') return { kind: 'unreachable', retryAfterSeconds: error.retryAfterSeconds ?? 0 }
    if (error.code !== 'request_refused') throw error
    switch (error.oauthError?.error ?? '') {
      case 'authorization_pending':
        return { kind: 'pending' }
      case 'slow_down':
        return { kind: 'slow_down' }
      case 'access_denied':
        return { kind: 'refused' }
      case 'expired_token':
        return { kind: 'expired' }
      default:
        throw error
    }
  }
}

function redeem<Claims>(
  connection: Connection<Claims>,
  { deviceCode, scope }: DeviceAuthorization,
  signal: AbortSignal | undefined,
): Promise<TokenSet<Claims>> {
  const { client, proveClient } = connection
  return askForTokens(connection, {
    scope,
    signal,
    send: (server, transport) => deviceCodeGrantRequest(server, client, proveClient, deviceCode, transport),
    check: readVerified(connection, processDeviceCodeResponse, signal),
  })
}
