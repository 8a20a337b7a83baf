import { AccessTokenError } from '../access-token-error.js'
import type { JwsHeader } from '../jws-header.js'
import { isBase64url } from './base64url.js'
import { parseJsonObject } from './json-object.js'
import type { HeaderLookup, KnownHeader } from './known-headers.js'

/** A parsed compact JWS, not verified. */
export interface CompactJws<Known extends KnownHeader = KnownHeader> {
  readonly header: JwsHeader
  /** The known header that it has, if any. */
  readonly known: Known | undefined
  /** Canonical base64url, like the other parts. */
  readonly encodedHeader: string
  readonly encodedPayload: string
}

export interface ParseCompactJwsInput<Known extends KnownHeader = KnownHeader> {
  maxTokenBytes: number
  /** Headers that need not be parsed again. */
  knownHeaders?: HeaderLookup<Known> | undefined
}

/** Headers are small and flat. */
const maxHeaderDepth = 8

/**
 * Parses a compact JWS without verifying it: three parts of canonical base64url, the first of them a JSON object.
 *
 * Payload and signature may be empty here: the payload is for the caller to judge, and the `alg` of an unsigned token gives the
 * better error.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}, steps 1 to 3
 */
export function parseCompactJws<Known extends KnownHeader>(
  token: string,
  { maxTokenBytes, knownHeaders }: ParseCompactJwsInput<Known>,
): CompactJws<Known> {
  if (typeof token !== 'string') throw new AccessTokenError('token_malformed', { detail: 'not a string' })
  if (token.length > maxTokenBytes) throw new AccessTokenError('token_too_large', { detail: `${token.length} characters` })
  const known = knownHeaders?.startOf(token)
  return (known && parseKnown(token, known)) ?? parseUnknown(token)
}

/** The common case; `undefined` for any other, malformed tokens included. */
function parseKnown<Known extends KnownHeader>(token: string, known: Known): CompactJws<Known> | undefined {
  const { header, encodedHeader } = known
  const payloadStart = encodedHeader.length + 1
  const payloadEnd = token.indexOf('.', payloadStart)
  const encodedPayload = token.slice(payloadStart, payloadEnd)
  if (payloadEnd < 0 || !isBase64url(encodedPayload) || !isBase64url(token.slice(payloadEnd + 1))) return undefined
  return { header, known, encodedHeader, encodedPayload }
}

function parseUnknown(token: string): CompactJws<never> {
  const [encodedHeader = '', ...rest] = token.split('.', 6)
  if (rest.length === 0) throw notThreeParts(token)
  if (encodedHeader === '' || !isBase64url(encodedHeader) || !rest.every(isBase64url)) {
    throw new AccessTokenError('token_malformed', { detail: 'a part is not base64url' })
  }
  const [encodedPayload, signature] = rest
  if (encodedPayload === undefined || signature === undefined || rest.length > 2) {
    throw rest.length === 4 ? new AccessTokenError('token_encrypted') : notThreeParts(token)
  }
  return { header: parseHeader(encodedHeader), known: undefined, encodedHeader, encodedPayload }
}

/** The most common cause is an opaque token at an API configured for JWTs. */
function notThreeParts(token: string): AccessTokenError {
  return new AccessTokenError('token_malformed', { detail: token === '' ? 'it is empty' : wrongParts(token.split('.', 6).length) })
}

function wrongParts(count: number): string {
  if (count === 1) return 'it has one part, and a JWT three: an opaque token is for createIntrospectionVerifier or createHybridVerifier'
  return `it has ${count > 5 ? 'more than 5' : count} parts, and a JWT three`
}

/** Without a prototype, so that inherited members are not taken for header members. */
function parseHeader(encoded: string): JwsHeader {
  const header = { __proto__: null, ...parseJsonObject(encoded, maxHeaderDepth, 'header_malformed') }
  if (hasStringKid(header)) return header
  throw new AccessTokenError('header_malformed', { detail: 'kid is not a string' })
}

function hasStringKid(header: Record<string, unknown>): header is JwsHeader {
  return header.kid === undefined || typeof header.kid === 'string'
}
