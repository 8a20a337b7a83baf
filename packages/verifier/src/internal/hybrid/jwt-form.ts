import { decodeKnownBase64url } from '#platform'
import { isJsonObject, parseJson } from '@bailiwick/protocol'

/** A JOSE header is much shorter. */
const maxHeaderLength = 16_384
const maxHeaderDepth = 32

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Whether a token counts as a JWT for this API, by its header alone. So a JWT with a part removed or added does not count as
 * opaque: the JWT verifier refuses it. For the same reason the header is read leniently (standard base64, padding).
 *
 * It says nothing about the validity of the token, and throws for no string.
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
