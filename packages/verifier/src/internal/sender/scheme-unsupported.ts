import { AccessTokenError } from '../../access-token-error.js'

/** A token under a scheme that the verifier is not configured for. */
export function schemeUnsupported(): AccessTokenError {
  return new AccessTokenError('scheme_unsupported', { detail: 'DPoP needs senderConstraint.dpop of the verifier, which is not set' })
}
