import type { SigningAlgorithm } from '../../../algorithms.js'
import type { JwsHeader } from '../../../jws-header.js'
import type { VerificationKey } from '../../../key-source.js'
import { isUsable, parseVerificationKey } from '../../verification-key.js'
import { invalidProof } from './proof-error.js'

/**
 * The key in the header: a public one, strong enough, and for `alg` by its type and by what it says of itself (`alg`, `use`,
 * `key_ops`). A key with a private member is refused, whatever the rest of it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, items 6 and 7
 */
export function readProofKey({ jwk }: JwsHeader, alg: SigningAlgorithm): VerificationKey {
  const key = parseVerificationKey(jwk)
  if (!isUsable(key)) throw invalidProof(`its jwk cannot be used: ${key.reason}`)
  if (!key.algorithms.includes(alg)) throw invalidProof(`its jwk is not for ${alg}`)
  return key
}
