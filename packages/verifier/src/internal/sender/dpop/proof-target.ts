import { quote } from '../../quote.js'
import { invalidProof } from './proof-error.js'
import type { PublicUrl } from './public-url.js'
import { readRequestPath } from './request-path.js'
import { parseTargetUri } from './target-uri.js'

/**
 * `htu` must be the URL of the request as clients see it: a configured public URL plus the path of the request. Query and
 * fragment are ignored on both sides. The normalized `htu` is compared with the path as it came, so that no proof is valid for
 * two paths that a router could tell apart. Errors quote neither query, which may hold a token.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 9
 */
export function checkProofTarget(htu: string, requestUrl: string, publicUrls: readonly PublicUrl[]): void {
  const path = readRequestPath(requestUrl)
  const claimed = parseTargetUri(htu)
  if (claimed === undefined) throw invalidProof('its htu is not an absolute URL')
  if (publicUrls.some((publicUrl) => isAt(claimed, publicUrl, path))) return
  const expected = `${nameOf(publicUrls)} with the path of the request (${quote(path)})`
  throw invalidProof(`its htu is ${quote(claimed.origin + claimed.path)}, and not ${expected}`)
}

/** If the paths are equal, the option is wrong, and nothing else shows it. */
function nameOf([first, ...others]: readonly PublicUrl[]): string {
  const more = others.length === 0 ? '' : ` or ${others.length} other${others.length === 1 ? '' : 's'}`
  return `publicUrl (${quote(first && first.origin + first.basePath)}${more})`
}

function isAt(claimed: { origin: string; path: string }, { origin, basePath }: PublicUrl, path: string): boolean {
  if (claimed.origin !== origin) return false
  // A proxy that strips `/orders` leaves the same path for `/orders` and `/orders/`, since a request must have a path.
  return claimed.path === basePath + path || (path === '/' && claimed.path === basePath)
}
