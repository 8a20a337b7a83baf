import type { SigningAlgorithm } from '../../../algorithms.js'
import type { VerificationKey } from '../../../key-source.js'
import { invalidProof } from './proof-error.js'

/**
 * The key in the header must have made the signature. If the platform rejects the key material, nobody can have made one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 6
 */
export async function checkProofSignature(proof: string, key: VerificationKey, alg: SigningAlgorithm): Promise<void> {
  let isSigned: boolean
  try {
    isSigned = await key.signed(proof, alg)
  } catch (cause) {
    throw invalidProof('its jwk is not a key', cause)
  }
  if (!isSigned) throw invalidProof('its signature does not match')
}
