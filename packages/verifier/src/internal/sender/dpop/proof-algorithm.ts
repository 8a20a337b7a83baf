import { isSigningAlgorithm, type SigningAlgorithm } from '../../../algorithms.js'
import type { JwsHeader } from '../../../jws-header.js'
import { quote } from '../../quote.js'
import { invalidProof } from './proof-error.js'

/**
 * `alg` must be one of those that the API accepts, all of them asymmetric.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 5, and §11.6
 */
export function checkProofAlgorithm({ alg }: JwsHeader, allowed: readonly SigningAlgorithm[]): SigningAlgorithm {
  if (isSigningAlgorithm(alg) && allowed.includes(alg)) return alg
  throw invalidProof(`its alg is ${quote(alg)}, which is not among ${allowed.join(', ')}`)
}
