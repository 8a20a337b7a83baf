import { AccessTokenError } from '../../access-token-error.js'
import { isSigningAlgorithm, type SigningAlgorithm } from '../../algorithms.js'
import type { JwsHeader, VerifiedJwsHeader } from '../../jws-header.js'
import { quote } from '../quote.js'

/**
 * `alg` must be one of the algorithms that the API accepts. It does not choose how a token is verified: the key does, and `alg`
 * must fit the key.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8725#section-3.1 RFC 8725 §3.1}
 */
export function checkAlgorithm(header: JwsHeader, allowed: readonly SigningAlgorithm[]): asserts header is VerifiedJwsHeader {
  const { alg } = header
  if (isSigningAlgorithm(alg) && allowed.includes(alg)) return
  throw new AccessTokenError('algorithm_not_allowed', { detail: `${quote(alg)} is not among ${allowed.join(', ')}` })
}
