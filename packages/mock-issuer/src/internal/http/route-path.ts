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

/** Whether a URL is one of the issuer's: of its origin, and inside its path. Not whether an endpoint is there. */
export function isInsideIssuer(url: string, issuer: string): boolean {
  return new URL(url).origin === new URL(issuer).origin && routePath(url, issuer) !== outside
}
