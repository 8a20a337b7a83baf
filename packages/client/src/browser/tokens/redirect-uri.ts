import type { ConfigurationErrorClass } from '../browser-mode.js'
import type { SessionSettings } from '../session-worker/session-worker.js'

/**
 * Reads where the server sends the browser back to, and that the page is a client of it at all.
 *
 * @throws {ConfigurationError} naming the option and the fix
 */
export function readRedirectUri(
  { clientId, redirectUri, scope = 'openid' }: Pick<SessionSettings, 'clientId' | 'redirectUri' | 'scope'>,
  ConfigurationError: ConfigurationErrorClass,
): URL {
  if (!clientId) throw new ConfigurationError('clientId is missing.')
  if (!scope.split(' ').includes('openid')) throw new ConfigurationError('scope must have openid in it.')
  if (!URL.canParse(redirectUri) || new URL(redirectUri).origin !== location.origin) {
    throw new ConfigurationError(`redirectUri must be a URL of ${location.origin}.`)
  }
  return new URL(redirectUri)
}
