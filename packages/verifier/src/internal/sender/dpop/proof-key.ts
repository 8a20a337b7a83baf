import type { SigningAlgorithm } from '../../../algorithms.js'
import type { JwsHeader } from '../../../jws-header.js'
import type { VerificationKey } from '../../../key-source.js'
import { isUsable, parseVerificationKey } from '../../verification-key.js'
import { invalidProof } from './proof-error.js'

/**
 * Reads the key in the header: a public key, strong enough, and suitable for `alg` by its type and by its `alg`, `use` and
 * `key_ops`. A key with a private member is refused in any case.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, items 6 and 7
 */
export function readProofKey({ jwk }: JwsHeader, alg: SigningAlgorithm): VerificationKey {
  const key = parseVerificationKey(jwk)
  if (!isUsable(key)) throw invalidProof(`its jwk cannot be used: ${key.reason}`)
  if (!key.algorithms.includes(alg)) throw invalidProof(`its jwk is not for ${alg}`)
  return key
}
