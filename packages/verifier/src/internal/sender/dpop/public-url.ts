import { ConfigurationError, parseSecureUrl } from '@bailiwick/protocol'
import { parseTargetUri } from './target-uri.js'

/** Where clients see the API. */
export interface PublicUrl {
  readonly origin: string
  /** What is in front of the path of a request here, without a slash at its end; mostly nothing. */
  readonly basePath: string
}

/** Reads the option `publicUrl`. */
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
