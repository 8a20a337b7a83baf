import { ConfigurationError } from '@bailiwick/protocol'

/** A redirect URI of a command line tool. */
export interface LoopbackRedirectUri {
  /** `127.0.0.1` or `[::1]`: an address and no name (RFC 8252 §8.3). */
  readonly host: string
  /** `undefined` where it is that of each login. */
  readonly port: number | undefined
  /** With the query, if there is one. */
  readonly path: string
}

/** `undefined` for a redirect URI that is not `http` on an address of loopback. */
export function parseLoopbackRedirectUri(redirectUri: string | undefined): LoopbackRedirectUri | undefined {
  const [, host, port, path = ''] = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?(\/.*)?$/.exec(redirectUri ?? '') ?? []
  return host === undefined ? undefined : { host, port: port === undefined ? undefined : Number(port), path }
}

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
  const loopback = parseLoopbackRedirectUri(redirectUri)
  if (loopback === undefined || loopback.port !== undefined) {
    throw new ConfigurationError('loopbackPort is for a redirectUri on http://127.0.0.1 or http://[::1] without a port.')
  }
  if (!Number.isInteger(loopbackPort) || loopbackPort < 1 || loopbackPort > 65_535) {
    throw new ConfigurationError('loopbackPort must be an integer from 1 to 65535.')
  }
  return `http://${loopback.host}:${loopbackPort}${loopback.path}`
}

/** Whether a login may have come back there: at the redirect URI itself or, where that may vary, with another port. */
export function isAttemptRedirectUri(redirectUri: string | undefined, candidate: string): boolean {
  if (candidate === redirectUri) return true
  const configured = parseLoopbackRedirectUri(redirectUri)
  const came = parseLoopbackRedirectUri(candidate)
  if (configured === undefined || came === undefined || configured.port !== undefined) return false
  return came.host === configured.host && came.path === configured.path
}
