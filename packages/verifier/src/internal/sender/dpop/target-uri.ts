import { normalisePath } from './uri-path.js'

/** A URI without query and fragment, in its normal form. */
export interface TargetUri {
  /** Scheme and host in lower case, and the port unless it is the default one. */
  readonly origin: string
  readonly path: string
}

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' }

/**
 * Reads an absolute `http` or `https` URI, leaving out query and fragment. This is not the URL parser of browsers, which would make
 * equal what RFC 3986 keeps apart: backslashes and slashes, tabs and nothing, `0x7f.1` and `127.0.0.1`.
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
