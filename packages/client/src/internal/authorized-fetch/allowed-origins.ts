import { ConfigurationError, parseSecureUrl } from '@bailiwick/protocol'
import { ClientError } from '../../client-error.js'

/** @throws {ConfigurationError} naming the entry and the fix */
export function readAllowedOrigins(origins: readonly string[]): ReadonlySet<string> {
  if (!Array.isArray(origins) || origins.length === 0) {
    throw new ConfigurationError('allowedOrigins is missing: list the origins that get the token, such as "https://api.example.com".')
  }
  for (const [index, origin] of origins.entries()) {
    const url = typeof origin === 'string' ? parseSecureUrl(origin) : undefined
    if (url !== undefined && url.origin === origin && !origin.includes('*')) continue
    const fix =
      url === undefined || origin.includes('*')
        ? 'an https origin (http on loopback), without wildcards'
        : `"${url.origin}", without path and trailing slash`
    throw new ConfigurationError(`allowedOrigins[${index}] is no origin: write ${fix}.`)
  }
  return new Set(origins)
}

/**
 * @returns the URL
 * @throws {ClientError} `origin_not_allowed`; its message has the origin and no more, since what is in a URL may be secret
 */
export function requireAllowed(allowed: ReadonlySet<string>, url: URL | undefined): URL {
  // The origin of `blob:https://api.example.com/…` is that of the page that made it.
  if (url !== undefined && /^https?:$/.test(url.protocol) && allowed.has(url.origin)) return url
  const where = url === undefined ? 'a URL that is not valid, or has user information' : url.origin
  throw new ClientError('origin_not_allowed', `A request with an access token was for ${where}, which is none of allowedOrigins.`)
}
