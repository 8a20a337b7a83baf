import { ConfigurationError } from '@bailiwick/protocol'
import { type LoopbackRedirectUri, parseLoopbackRedirectUri } from '../internal/attempt-redirect-uri.js'
import { requireKnownOptions } from '../internal/known-options.js'
import { loginElsewhere } from './internal/login-elsewhere.js'
import { loginInBrowser } from './internal/login-in-browser.js'
import type { LoopbackLoginOptions, LoopbackLoginOutcome } from './loopback-login.js'

const known = [
  'client',
  'openBrowser',
  'onUserCode',
  'onLoginUrl',
  'login',
  'applicationName',
  'timeoutSeconds',
  'browserStartSeconds',
  'signal',
]

/**
 * Logs the user of a command line tool in: by the code flow in their own browser, which comes back to a port of this machine that is open for this login only; or,
 * without a browser, by a code that they type in on another device.
 *
 * The port answers one callback, the one with the `state` of this login, and is closed when it is done. The page that the user sees there says how it ended.
 *
 * @example
 * const client = createClient({
 *   issuer: 'https://login.example.com',
 *   clientId: 'shop-cli',
 *   authentication: { method: 'none' },
 *   redirectUri: 'http://127.0.0.1/callback',
 * })
 * const outcome = await loginOnLoopback({
 *   client,
 *   openBrowser: findSystemBrowser(process.env),
 *   onUserCode: ({ verificationUri, userCode }) => console.log(`Open ${verificationUri} and type ${userCode}`),
 * })
 * console.log(outcome.kind)
 *
 * @throws {ClientError} `server_unavailable`, `request_refused`, `response_invalid`, `not_supported` (neither way is open), `aborted`
 * @throws {ConfigurationError} naming the option and the fix
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}, §8
 */
export async function loginOnLoopback<Claims>(options: LoopbackLoginOptions<Claims>): Promise<LoopbackLoginOutcome<Claims>> {
  const redirectUri = requireOptions(options)
  const { openBrowser } = options
  if (openBrowser === undefined) return loginElsewhere(options, undefined)
  const outcome = await loginInBrowser(options, openBrowser, redirectUri)
  return outcome.kind === 'no-browser' ? loginElsewhere(options, outcome.cause) : outcome
}

function requireOptions({ client, ...options }: LoopbackLoginOptions<unknown>): LoopbackRedirectUri {
  requireKnownOptions({ client, ...options }, known)
  const redirectUri = parseLoopbackRedirectUri(client.redirectUri)
  if (redirectUri === undefined) {
    throw new ConfigurationError(
      'loginOnLoopback needs a client whose redirectUri is http://127.0.0.1/callback or the like: an address, and no name.',
    )
  }
  const { timeoutSeconds = 300, browserStartSeconds = 2 } = options
  if (!(timeoutSeconds > 0 && timeoutSeconds <= 86_400)) throw new ConfigurationError('timeoutSeconds must be a number from 0 to 86400.')
  if (!(browserStartSeconds >= 0 && browserStartSeconds <= 60))
    throw new ConfigurationError('browserStartSeconds must be a number from 0 to 60.')
  return redirectUri
}
