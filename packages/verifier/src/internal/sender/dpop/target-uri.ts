import { normalisePath } from './uri-path.js'

/** A normalized URI without query and fragment. */
export interface TargetUri {
  /** Scheme and host in lower case, and the port unless it is the default. */
  readonly origin: string
  readonly path: string
}

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' }

/**
 * Parses an absolute `http` or `https` URI, without query and fragment. It does not use the URL parser of browsers, which
 * equates what RFC 3986 distinguishes: it turns backslashes into slashes, drops tabs, and takes `0x7f.1` for `127.0.0.1`.
 *
 * @returns `undefined` for anything else, and for user information
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2 RFC 3986 §6.2.2} and §6.2.3
 */
export function parseTargetUri(text: string): TargetUri | undefined {
  const [, scheme, host, port = '', rawPath] = /^(https?):\/\/([\w.~-]+|\[[\da-f:.]+\])(?::(\d*))?(?=[/?#]|$)([^?#]*)/i.exec(text) ?? []
  const path = rawPath === undefined ? undefined : normalisePath(rawPath)
  if (scheme === undefined || host === undefined || path === undefined) return undefined
  const lowerScheme = scheme.toLowerCase()
  const suffix = port === '' || port === defaultPorts[lowerScheme] ? '' : `:${port}`
  return { origin: `${lowerScheme}://${host.toLowerCase()}${suffix}`, path }
}
