/**
 * Whether a redirect URI is one of those that a client registered: the same, character by character (RFC 9700 §2.1). The port alone may be
 * another where the registered one is `http` on a literal loopback address, `127.0.0.1` or `[::1]`: a native application listens on
 * whatever port it gets. `localhost` is a name, which may resolve to another host, and so has no such freedom.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}
 */
export function isRegisteredRedirectUri(uri: string, registered: readonly string[] | undefined): boolean {
  if (registered === undefined) return false
  if (registered.includes(uri)) return true
  const portless = withoutLoopbackPort(uri)
  return portless !== undefined && registered.some((known) => withoutLoopbackPort(known) === portless)
}

// The port must end where the path or the query begins, so that it is no user name in front of another host.
const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::[1-9]\d{0,4})?(?=[/?]|$)/

function withoutLoopbackPort(uri: string): string | undefined {
  return loopback.test(uri) && URL.canParse(uri) ? uri.replace(loopback, '$1') : undefined
}
