import { AccessTokenError } from '../../../access-token-error.js'

/** The error for a proof that is none, or not for this request. What is said of the proof comes from outside: quote it. */
export function invalidProof(detail: string, cause?: unknown): AccessTokenError {
  return new AccessTokenError('dpop_proof_invalid', cause === undefined ? { detail } : { detail, cause })
}
