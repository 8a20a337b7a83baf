import { MockIssuerError } from '../../mock-issuer-error.js'
import { endpointPaths, withIdForLastSegment } from '../http/endpoint.js'

const maxSegments = 4
const segment = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63}$/

/**
 * Reads where an issuer is to be on its host: `tenant-a` or `/tenant-a` for `/tenant-a`, and the empty string for the host's root.
 *
 * @throws {MockIssuerError} `invalid_option` for more than four segments, and for characters that a URL would have to encode
 */
export function readMountPath(name: string): string {
  const path = name.replace(/^\//, '')
  if (path === '') return ''
  const segments = path.split('/')
  if (segments.length <= maxSegments && segments.every((part) => segment.test(part))) return `/${path}`
  throw new MockIssuerError(
    'invalid_option',
    `An issuer's path must be one to ${maxSegments} names of letters, digits and "-", "_", "." or "~" between slashes, such as "tenant-a", not "${name}".`,
  )
}

/**
 * The paths at which an issuer could be that has this path, the longest first: RFC 8414 §3.1 has its document at the well-known
 * place before the issuer's path, everything else is behind it.
 */
export function mountPathsOf(pathname: string): readonly string[] {
  const segments = withoutWellKnown(pathname)
    .split('/', maxSegments + 1)
    .slice(1)
  return segments.map((_, index) => `/${segments.slice(0, segments.length - index).join('/')}`).concat('')
}

/** The path of an issuer of one segment that would have an endpoint at this path; `undefined` if none would. */
export function onDemandPathOf(pathname: string): string | undefined {
  const [, name = '', ...rest] = withoutWellKnown(pathname).split('/', 6)
  if (!segment.test(name)) return undefined
  const inside = pathname.startsWith(wellKnown) ? wellKnown : `/${rest.join('/')}`
  return isEndpointPath(inside) ? `/${name}` : undefined
}

/** Whether an issuer may have an endpoint at this path inside it. */
export function isEndpointPath(path: string): boolean {
  return known.has(path) || known.has(withIdForLastSegment(path))
}

/** Whether a mount at this path would take requests from an endpoint of an issuer at the other path. */
export function liesUnderEndpoint(path: string, ofIssuer: string): boolean {
  if (!path.startsWith(`${ofIssuer}/`)) return false
  const segments = path.slice(ofIssuer.length).split('/')
  return segments.some((_, index) => isEndpointPath(segments.slice(0, index + 1).join('/')))
}

const wellKnown = endpointPaths['oauth-authorization-server']
const known = new Set<string>(Object.values(endpointPaths))

function withoutWellKnown(pathname: string): string {
  return pathname.startsWith(`${wellKnown}/`) ? pathname.slice(wellKnown.length) : pathname
}
