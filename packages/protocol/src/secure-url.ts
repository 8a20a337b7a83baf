/**
 * Parses an absolute URL to which credentials may be sent: `https`, or `http` to this machine (`localhost`, `127.0.0.0/8`,
 * `[::1]`), which no network carries. The whole host is compared, after parsing, so that neither `localhost.example.com` nor
 * `127.0.0.1.example.com` passes. User information is refused, and so is what URL parsers disagree on: white space, control
 * characters, backslashes, anything outside ASCII (write such a host as `xn--…`).
 *
 * Does *not* resolve the name or refuse private addresses: URLs from untrusted parties need more than this.
 *
 * @returns the URL, or `undefined` if it is refused
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-8.3 RFC 8252 §8.3} (loopback)
 */
export function parseSecureUrl(text: string): URL | undefined {
  if (!hasPlainForm(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return undefined
  if (url.protocol === 'https:') return url
  return url.protocol === 'http:' && isLoopback(url.hostname) ? url : undefined
}

function hasPlainForm(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text) && !/[^!-[\]-~]/.test(text)
}

/** The URL parser has normalised the hostname: four decimal numbers are an address, never the start of a name. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
}
