import { isJsonObject, parseJson } from '@bailiwick/protocol'
import { base64url } from 'jose'
import { AccessTokenError } from '../access-token-error.js'

/** The protected header of a JWS, as it was sent: nothing in it may be trusted before the signature is verified. */
export type JwsHeader = Readonly<Record<string, unknown>> & { readonly kid?: string }

/** Headers are tiny and flat; a deeper one is an attempt at something. */
const maxHeaderDepth = 8

/**
 * Takes a compact JWS apart without believing it: three parts of canonical base64url, the first of them a JSON object.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}, steps 1 to 3
 */
export function parseCompactJws(token: string, { maxTokenBytes }: { maxTokenBytes: number }): JwsHeader {
  if (token.length > maxTokenBytes) throw new AccessTokenError('token_too_large', { detail: `${token.length} characters` })
  const [header, payload, signature, ...more] = token.split('.', 6)
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) {
    throw new AccessTokenError(more.length === 2 ? 'token_encrypted' : 'token_malformed')
  }
  if (!isCanonicalBase64url(header) || !isCanonicalBase64url(payload) || !isCanonicalBase64url(signature)) {
    throw new AccessTokenError('token_malformed', { detail: 'a part is not base64url' })
  }
  return parseHeader(header)
}

function parseHeader(encoded: string): JwsHeader {
  const header = parseJsonObject(base64url.decode(encoded), maxHeaderDepth, 'header_malformed')
  const { kid } = header
  if (kid !== undefined && typeof kid !== 'string') throw new AccessTokenError('header_malformed', { detail: 'kid is not a string' })
  return header as JwsHeader
}

/** Strict UTF-8, JSON, and an object: or the error that is given. */
export function parseJsonObject(bytes: Uint8Array, maxDepth: number, code: 'header_malformed' | 'claims_malformed') {
  let value: unknown
  try {
    value = parseJson(utf8.decode(bytes), { maxDepth })
  } catch (cause) {
    throw new AccessTokenError(code, { detail: 'not JSON in UTF-8', cause })
  }
  if (!isJsonObject(value)) throw new AccessTokenError(code, { detail: 'not a JSON object' })
  return value
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Without padding, white space or bits that are thrown away: one byte string has one spelling, so that two spellings of a
 * token cannot count as two tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-2 RFC 7515 §2}
 */
export function isCanonicalBase64url(text: string): boolean {
  if (text.length === 0 || !/^[\w-]+$/.test(text)) return false
  const unused = text.length % 4
  if (unused === 0) return true
  if (unused === 1) return false
  const last = alphabet.indexOf(text.charAt(text.length - 1))
  return (last & (unused === 2 ? 0b1111 : 0b11)) === 0
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
