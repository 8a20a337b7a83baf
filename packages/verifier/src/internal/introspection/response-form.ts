import { type BoundedResponse, hasContentType, isJsonObject, parseJson } from '@bailiwick/protocol'
import { claimOf } from '../checks/claims.js'
import { introspectionUnavailable } from './introspection-unavailable.js'
import { parseRetryAfter } from './retry-after.js'

/** Types that are named in errors. What else a server sends there may be anything, and is not repeated. */
const knownTypes = ['application/json', 'application/jwt', 'application/token-introspection+jwt', 'text/html', 'text/plain']

/**
 * The error for a response whose status is not that of an answer.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.3 RFC 7662 §2.3}
 */
export function refuseStatus({ status, headers }: BoundedResponse, now: number): never {
  const retryAfterSeconds = parseRetryAfter(headers.get('retry-after'), now)
  throw introspectionUnavailable(`the server answered ${status}${hintFor(status)}`, { retryAfterSeconds })
}

/**
 * Whether the server says that it keeps no tokens of this kind, so that none of them is active as far as it is concerned: some do
 * where RFC 7662 would have them say `active: false`.
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

/** The error for a response of another type than the ones that were asked for. */
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
