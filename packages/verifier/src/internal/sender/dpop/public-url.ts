import { ConfigurationError, parseSecureUrl } from '@bailiwick/protocol'
import { parseTargetUri } from './target-uri.js'

/** Where clients see the API. */
export interface PublicUrl {
  readonly origin: string
  /** The path prefix that a proxy strips, without a trailing slash; usually empty. */
  readonly basePath: string
}

export function resolvePublicUrls(value: string | readonly string[]): readonly PublicUrl[] {
  const urls: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (urls.length === 0) throw mistaken()
  return urls.map((url) => (typeof url === 'string' ? parsePublicUrl(url) : undefined) ?? fail())
}

function parsePublicUrl(text: string): PublicUrl | undefined {
  const url = /[?#]/.test(text) ? undefined : parseSecureUrl(text)
  const target = url && parseTargetUri(url.href)
  return target && { origin: target.origin, basePath: target.path.replace(/\/$/, '') }
}

function fail(): never {
  throw mistaken()
}

function mistaken(): ConfigurationError {
  return new ConfigurationError(
    'senderConstraint.dpop.publicUrl must be the URL at which clients see this API, or a list of some: https (http on loopback), without query and fragment',
  )
}
