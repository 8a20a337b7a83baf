import { type BoundedResponse, hasContentType, isJsonObject, parseJson } from '@bailiwick/protocol'
import { claimOf } from '../checks/claims.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import { parseRetryAfter } from './retry-after.js'

/** The content types that errors may name. A server could send anything else there, so it is not repeated. */
const knownTypes = ['application/json', 'application/jwt', 'application/token-introspection+jwt', 'text/html', 'text/plain']

/**
 * The error for an unexpected status.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.3 RFC 7662 §2.3}
 */
export function refuseStatus({ status, headers }: BoundedResponse, now: number): never {
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), now)
  throw introspectionUnavailable(`the server answered ${status}${hintFor(status)}`, { retryAfterSeconds })
}

/**
 * Whether the server says that it does not support tokens of this kind, so that none is active there. Some servers say this
 * where RFC 7662 requires `active: false`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1 RFC 7009 §2.2.1} (the error)
 */
export function isUnsupportedTokenType({ status, headers, text }: BoundedResponse): boolean {
  if (status !== 400 || !hasContentType(headers, 'application/json')) return false
  try {
    const body = parseJson(text)
    return isJsonObject(body) && claimOf(body, 'error') === 'unsupported_token_type'
  } catch {
    return false
  }
}

/** The error for a content type that was not requested. */
export function refuseContentType({ headers }: BoundedResponse, expected: string, hint = ''): never {
  const type = knownTypes.find((known) => hasContentType(headers, known)) ?? 'something else'
  throw introspectionUnavailable(`the server answered with ${type}, not ${expected}${hint}`)
}

function hintFor(status: number): string {
  if (status === 400) return ': it refused the request; check client and endpoint'
  if (status === 401) return ': it refused the client authentication; check client'
  if (status === 403) return ': this client may not ask about tokens'
  if (status === 404 || status === 405) return ': check that endpoint is the introspection endpoint'
  if (status === 406) return ': it has no answer on this token in the form that was asked for; check response'
  return ''
}
