import { parseSecureUrl } from '@bailiwick/protocol'

/**
 * Whether a server can send a browser there: `https`, `http` on loopback, or a scheme of a native app's own (RFC 8252 §7.1), which has a dot
 * in it, so that it belongs to somebody. No fragment (RFC 6749 §3.1.2).
 */
export function isRedirectUri(text: string): boolean {
  const isPrivateScheme = /^[a-z][a-z\d+-]*(\.[a-z\d+-]+)+:\//i.test(text)
  return !text.includes('#') && (isPrivateScheme || parseSecureUrl(text) !== undefined)
}
