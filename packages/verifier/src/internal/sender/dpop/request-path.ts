import { invalidProof } from './proof-error.js'
import { normalisePath } from './uri-path.js'

/** An `authority` whose end every parser finds in the same place: no user information, no character that ends it for some. */
const target = /^(?:https?:\/\/(?:[\w.~-]+|\[[\da-f:.]+\])(?::\d*)?)?(\/[^?#]*)(?:\?|$)/
const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i

/**
 * The path of a request, as routers see it, from an absolute URL or from a path with a query. Scheme and host of an absolute
 * URL are ignored, since the client chose them. A path that begins with `//` is a path.
 *
 * The path must be in normal form, except for the case of hexadecimal digits. It is not normalized: most routers match the path
 * as it came, and some decode it first. So `/admin/../orders` may be served under `/admin/*` or as `/orders`, and `/%6Frders`
 * under `/:id` or as `/orders`; a proof for `/orders` would be valid for both routes. With this rule, a proof is valid for one
 * spelling of a path, and so for one route.
 *
 * The price is that a client is refused if it encodes characters that need no encoding (RFC 3986 §2.3), such as `~`. Dot
 * segments are removed by URL parsers before anything is sent. Proxies change the case of hexadecimal digits, so either is
 * accepted; only a router that distinguishes it, in a route that has an encoded character itself, could tell.
 *
 * @throws {AccessTokenError} `dpop_proof_invalid` for any other path, and for a target without a path, or with one that depends
 *   on the parser: `*`, `example.com:443`, a fragment, `http://example.com:80x/orders`
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
