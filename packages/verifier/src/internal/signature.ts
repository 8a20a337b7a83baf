import { compactVerify, errors } from 'jose'
import type { SigningAlgorithm } from '../algorithms.js'
import type { VerificationKey } from '../key-source.js'

/**
 * The payload of a compact JWS, if this key made its signature with this algorithm; `undefined` if it did not.
 *
 * @throws when the key is broken, which is the issuer's fault and says nothing about the token
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-5.2 RFC 7515 §5.2}, steps 7 and 8
 */
export async function verifySignature(token: string, key: VerificationKey, algorithm: SigningAlgorithm): Promise<Uint8Array | undefined> {
  const cryptoKey = await key.import(algorithm)
  try {
    const { payload } = await compactVerify(token, cryptoKey, { algorithms: [algorithm] })
    return payload
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWSInvalid) return undefined
    throw error
  }
}
