import { AccessTokenError } from '../access-token-error.js'
import type { JwsHeader } from '../jws-header.js'
import { hasNoUnusedBits, isBase64url } from './base64url.js'
import { parseJsonObject } from './json-object.js'
import type { KnownHeaders } from './known-headers.js'

/** A compact JWS, taken apart and not believed. */
export interface CompactJws {
  readonly header: JwsHeader
  /** Whether the header is one of `knownHeaders`. */
  readonly isKnown: boolean
  /** Canonical base64url, and so are the others. */
  readonly encodedHeader: string
  readonly encodedPayload: string
}

export interface ParseCompactJwsInput {
  maxTokenBytes: number
  /** Headers that need not be parsed again. */
  knownHeaders?: KnownHeaders | undefined
}

/** Headers are tiny and flat; a deeper one is an attempt at something. */
const maxHeaderDepth = 8

/**
 * Takes a compact JWS apart without believing it: three parts of canonical base64url, the first of them a JSON object.
 *
 * Payload and signature may be empty here: the first is a matter of the reader's, and a token without a signature is told by its
 * `alg` what is wrong with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}, steps 1 to 3
 */
export function parseCompactJws(token: string, { maxTokenBytes, knownHeaders }: ParseCompactJwsInput): CompactJws {
  if (typeof token !== 'string') throw new AccessTokenError('token_malformed', { detail: 'not a string' })
  if (token.length > maxTokenBytes) throw new AccessTokenError('token_too_large', { detail: `${token.length} characters` })
  return parseKnown(token, knownHeaders) ?? parseUnknown(token)
}

/** The usual case, in one pass over what is not known yet; `undefined` for any other case, faults included. */
function parseKnown(token: string, knownHeaders: KnownHeaders | undefined): CompactJws | undefined {
  const headerEnd = token.indexOf('.')
  const encodedHeader = token.slice(0, headerEnd)
  const header = knownHeaders?.get(encodedHeader)
  if (header === undefined) return undefined
  payloadAndSignature.lastIndex = headerEnd + 1
  if (!payloadAndSignature.test(token)) return undefined
  const payloadEnd = token.indexOf('.', headerEnd + 1)
  const encodedPayload = token.slice(headerEnd + 1, payloadEnd)
  if (!hasNoUnusedBits(encodedPayload) || !hasNoUnusedBits(token.slice(payloadEnd + 1))) return undefined
  return { header, isKnown: true, encodedHeader, encodedPayload }
}

const payloadAndSignature = /[\w-]*\.[\w-]*$/y

function parseUnknown(token: string): CompactJws {
  const [encodedHeader = '', ...rest] = token.split('.', 6)
  if (encodedHeader === '' || !isBase64url(encodedHeader) || !rest.every(isBase64url)) {
    throw new AccessTokenError('token_malformed', { detail: 'a part is not base64url' })
  }
  const [encodedPayload, signature] = rest
  if (encodedPayload === undefined || signature === undefined || rest.length > 2) {
    throw new AccessTokenError(rest.length === 4 ? 'token_encrypted' : 'token_malformed')
  }
  return { header: parseHeader(encodedHeader), isKnown: false, encodedHeader, encodedPayload }
}

function parseHeader(encoded: string): JwsHeader {
  const header = parseJsonObject(encoded, maxHeaderDepth, 'header_malformed')
  if (hasStringKid(header)) return header
  throw new AccessTokenError('header_malformed', { detail: 'kid is not a string' })
}

function hasStringKid(header: Record<string, unknown>): header is JwsHeader {
  return header.kid === undefined || typeof header.kid === 'string'
}
