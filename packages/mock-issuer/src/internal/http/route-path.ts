import { issuerPath } from '../issuer-name.js'
import { endpointPaths } from './endpoint.js'

// No endpoint has it, so a path that is not the issuer's ends in the 404 of all unknown paths.
const outside = '/.outside'

/**
 * The path inside the issuer that a request is for. RFC 8414 §3.1 puts its well-known string before the issuer's path,
 * OpenID Connect Discovery 1.0 §4 puts its own after it; each is served at its own place only.
 */
export function routePath(url: string, issuer: string): string {
  const { pathname } = new URL(url)
  const base = issuerPath(issuer)
  if (base === '') return pathname
  const metadata = endpointPaths['oauth-authorization-server']
  if (pathname === metadata + base) return metadata
  if (!pathname.startsWith(`${base}/`)) return outside
  const inside = pathname.slice(base.length)
  return inside === metadata ? outside : inside
}

/**
 * Whether a URL is the issuer's concern: of its origin, and its name itself, inside its path or its place at a well-known path, however it
 * is spelled. Not whether an endpoint is there: it also takes spellings and places that no endpoint is served at.
 */
export function isInsideIssuer(url: string, issuer: string): boolean {
  const { origin, pathname } = new URL(url)
  if (origin !== new URL(issuer).origin) return false
  const base = decodeAscii(issuerPath(issuer))
  const decoded = decodeAscii(pathname)
  const wellKnown = [endpointPaths['oauth-authorization-server'], endpointPaths['openid-configuration']]
  const own = [base, ...wellKnown.map((path) => path + base)]
  return decoded.startsWith(`${base}/`) || own.some((path) => decoded === path || decoded === `${path}/`)
}

// `decodeURIComponent` throws at what is no UTF-8, which a path may be.
function decodeAscii(path: string): string {
  return path.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const code = Number.parseInt(encoded.slice(1), 16)
    return code < 0x80 ? String.fromCharCode(code) : encoded.toUpperCase()
  })
}
