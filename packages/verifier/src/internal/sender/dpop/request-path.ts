import { invalidProof } from './proof-error.js'
import { normalisePath } from './uri-path.js'

/** An `authority` in which every parser finds the same end: no user information, no character that ends it for some. */
const target = /^(?:https?:\/\/(?:[\w.~-]+|\[[\da-f:.]+\])(?::\d*)?)?(\/[^?#]*)(?:\?|$)/
const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/**
 * The path of a request, from an absolute URL or a path with a query: what it is for, as routers see it. What an absolute URL says of
 * scheme and host is not looked at: the client chose it. A path that begins with `//` is a path.
 *
 * It must be in its normal form, save for the case of hexadecimal digits, and is not brought into it. Most routers match the path as
 * it came, and some decode it first, so that one serves `/admin/../orders` under `/admin/*` or `/%6Frders` under `/:id`, and another
 * as `/orders`: a proof for `/orders` would be good for both. As it is, a path in a proof is that of one spelling of a request, and
 * so of one route, whatever the router takes for equal. The price is that a client is refused which encodes what never needs to be
 * (RFC 3986 §2.3), such as `~`, in the URL that it requests; dot segments are removed by parsers of URLs before anything is sent. The case
 * of hexadecimal digits is forgiven, as proxies change it: only a router that minds it, in a route that is itself written with an
 * encoded character, could tell.
 *
 * @throws {AccessTokenError} `dpop_proof_invalid` for any other path, and for what has none or several, depending on who reads it:
 *   `*`, `example.com:443`, a fragment, `http://example.com:80x/orders`
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2 RFC 9112 §3.2} and
 *   {@link https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2 RFC 3986 §6.2.2}
 */
export function readRequestPath(url: string): string {
  const [, path] = target.exec(url) ?? []
  const normal = path === undefined ? undefined : normalisePath(path)
  if (path === undefined || normal === undefined) throw invalidProof('the URL of the request has no path that a proof can be for')
  if (dotSegment.test(path)) throw invalidProof('the path of the request has a dot segment')
  if (normal !== inUpperHexadecimal(path)) throw invalidProof('the path of the request encodes a letter, a digit or one of "-._~"')
  return normal
}

function inUpperHexadecimal(path: string): string {
  return path.includes('%') ? path.replaceAll(/%../g, (encoded) => encoded.toUpperCase()) : path
}
