const maxCharacters = 2_048

/**
 * Whether a client may register a redirect URI: absolute, without a fragment; `https` anywhere, `http` on this machine alone; or a scheme
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
  return protocol === 'https:' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
