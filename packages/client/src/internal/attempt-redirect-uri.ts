import { ConfigurationError } from '@bailiwick/protocol'

/** `http`, an address and no name (RFC 8252 §8.3), and perhaps a port. */
const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\])(:\d{1,5})?(\/.*)?$/

/**
 * Where the browser comes back to in one login: the configured redirect URI. That of a command line tool names an address of loopback and no
 * port; the port is the one that the tool got for this login, which servers let vary and nothing else.
 *
 * @throws {ConfigurationError} without a redirect URI, or for a port that it has no place for
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}
 */
export function attemptRedirectUri(redirectUri: string | undefined, loopbackPort?: number): string {
  if (redirectUri === undefined) throw new ConfigurationError('a login needs the redirectUri of the client: give createClient one.')
  if (loopbackPort === undefined) return redirectUri
  const [, host, port, path = ''] = loopback.exec(redirectUri) ?? []
  if (host === undefined || port !== undefined) {
    throw new ConfigurationError('loopbackPort is for a redirectUri on http://127.0.0.1 or http://[::1] without a port.')
  }
  if (!Number.isInteger(loopbackPort) || loopbackPort < 1 || loopbackPort > 65_535) {
    throw new ConfigurationError('loopbackPort must be an integer from 1 to 65535.')
  }
  return `http://${host}:${loopbackPort}${path}`
}

/** Whether a login may have come back there: at the redirect URI itself or, where that may vary, with another port. */
export function isAttemptRedirectUri(redirectUri: string | undefined, candidate: string): boolean {
  if (candidate === redirectUri) return true
  const [, host, port, path] = loopback.exec(redirectUri ?? '') ?? []
  const [, candidateHost, , candidatePath] = loopback.exec(candidate) ?? []
  return host !== undefined && port === undefined && candidateHost === host && candidatePath === path
}
