import { AccessTokenError } from '../../../access-token-error.js'

/** The error for an invalid proof, or one for another request. Values from the proof are untrusted: quote them. */
export function invalidProof(detail: string, cause?: unknown): AccessTokenError {
  return new AccessTokenError('dpop_proof_invalid', cause === undefined ? { detail } : { detail, cause })
}
