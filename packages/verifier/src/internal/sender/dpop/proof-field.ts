import type { RequestLike } from '@bailiwick/protocol'
import { AccessTokenError } from '../../../access-token-error.js'

/**
 * The value of the `DPoP` header, which must be sent once. Several are joined by commas, which no JWT contains.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 1
 */
export function readProofField(headers: RequestLike['headers']): string {
  const value = headers.get('dpop')
  if (value === null || value === '') throw new AccessTokenError('dpop_proof_missing', { detail: 'the request has no DPoP field' })
  if (value.includes(',')) throw new AccessTokenError('dpop_proof_missing', { detail: 'the request has several DPoP fields' })
  return value
}
