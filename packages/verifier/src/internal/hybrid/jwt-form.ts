import { decodeKnownBase64url } from '#platform'
import { isJsonObject, parseJson } from '@bailiwick/protocol'

/** A JOSE header is much shorter. */
const maxHeaderLength = 16_384
const maxHeaderDepth = 32

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Whether a token is to be taken for a JWT that this API reads, by its header alone: so a JWT that somebody has taken a part from, or
 * added one to, does not become an opaque token, and is refused by the verifier that knows JWTs. For the same reason the header
 * may be written in ways that only a lenient reader takes (the other alphabet of base64, padding).
 *
 * It says nothing of whether the token is good, and throws for no string.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4 RFC 7515 §4} (JOSE header) and
 *   {@link https://www.rfc-editor.org/rfc/rfc7516#section-9 RFC 7516 §9} (JWS or JWE)
 */
export function isJwt(token: string): boolean {
  if (typeof token !== 'string') return false
  const end = token.indexOf('.')
  if (end < 1 || end > maxHeaderLength) return false
  const header = readHeader(token.slice(0, end))
  if (header === undefined || !Object.hasOwn(header, 'alg')) return false
  return !(Object.hasOwn(header, 'enc') && token.split('.', 6).length === 5)
}

function readHeader(encoded: string): Record<string, unknown> | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(encoded)) return undefined
  const text = encoded.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')
  if (text.length % 4 === 1) return undefined
  try {
    const header = parseJson(utf8.decode(decodeKnownBase64url(text)), { maxDepth: maxHeaderDepth })
    return isJsonObject(header) ? header : undefined
  } catch {
    return undefined
  }
}
