import { isLoopbackHost } from '../loopback.js'

const maxCharacters = 2_048

/**
 * Whether a redirect can be sent to a URI at all: it is absolute, has no fragment (RFC 6749 §3.1.2), can stand in a header, runs no script,
 * and shows nothing of the browser's own.
 */
export function isUsableRedirectUri(uri: string): boolean {
  return URL.canParse(uri) && /^[\x21\x22\x24-\x7e]+$/.test(uri) && !/^(javascript|data|vbscript|blob|file):/i.test(uri)
}

/**
 * Whether a client may register a redirect URI by itself: absolute, without a fragment; `https` anywhere, `http` on this machine alone; or a scheme
 * of a native application's own, which is a domain name in reverse and so has a dot.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2 RFC 6749 §3.1.2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7 RFC 8252 §7}
 */
export function isRegistrableRedirectUri(uri: string): boolean {
  if (uri.length > maxCharacters || !/^[\x21\x22\x24-\x7e]+$/.test(uri)) return false
  return isSecureWebUrl(uri) || (URL.canParse(uri) && /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:/i.test(uri))
}

/** Whether a URL is `https`, or `http` on this machine; without user information. */
export function isSecureWebUrl(text: string): boolean {
  if (text.length > maxCharacters || !/^https?:\/\/[^/\\\s#]/i.test(text) || text.includes('#') || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || isLoopbackHost(hostname)
}
