import { type DpopChallengeError, VerificationError, type VerificationOutcome } from '@bailiwick/protocol'

/** For each code: the outcome for the request, the message, and the error of the DPoP challenge. */
const reasons = {
  token_too_large: ['invalid_token', 'the token is larger than maxTokenBytes'],
  token_malformed: ['invalid_token', 'the token is malformed'],
  token_encrypted: ['invalid_token', 'the token is encrypted (JWE), which is not supported'],
  header_malformed: ['invalid_token', 'the JOSE header is malformed'],
  critical_header_unknown: ['invalid_token', 'the JOSE header requires an extension that is not supported'],
  algorithm_not_allowed: ['invalid_token', 'the signature algorithm is not allowed'],
  token_type_rejected: ['invalid_token', 'the token is not an access token'],
  key_not_found: ['invalid_token', 'the issuer publishes no key for the token'],
  key_unsuitable: ['invalid_token', 'the key for the token cannot be used'],
  signature_invalid: ['invalid_token', 'the signature does not match'],
  claims_malformed: ['invalid_token', 'the claims are malformed'],
  claim_missing: ['invalid_token', 'a required claim is missing'],
  claim_invalid: ['invalid_token', 'a claim has an invalid value'],
  issuer_mismatch: ['invalid_token', 'the token is from another issuer'],
  audience_mismatch: ['invalid_token', 'the token is for another audience'],
  token_expired: ['invalid_token', 'the token has expired'],
  token_not_yet_valid: ['invalid_token', 'the token is not valid yet'],
  token_too_old: ['invalid_token', 'the token is older than maxTokenAgeSeconds'],
  token_inactive: ['invalid_token', 'the issuer reports the token as inactive'],
  token_revoked: ['invalid_token', 'the token has been revoked'],
  issuer_unknown: ['invalid_token', 'the token is from an untrusted issuer'],
  confirmation_invalid: ['invalid_token', 'the confirmation (cnf) of the token is malformed'],
  confirmation_unchecked: ['invalid_token', 'the token is bound to its sender (cnf), and this verifier cannot check it'],
  sender_constraint_missing: ['invalid_token', 'the token is not bound to its sender'],
  scheme_unsupported: ['invalid_token', 'the token was presented under an unsupported scheme'],
  scheme_mismatch: ['invalid_token', 'the token was presented under the wrong scheme'],
  dpop_proof_missing: ['invalid_token', 'the DPoP proof is missing, or there is more than one', 'invalid_dpop_proof'],
  dpop_proof_invalid: ['invalid_token', 'the DPoP proof is not valid for this request', 'invalid_dpop_proof'],
  dpop_proof_stale: ['invalid_token', 'the DPoP proof is too old, or dated in the future', 'invalid_dpop_proof'],
  dpop_proof_replayed: ['invalid_token', 'the DPoP proof has been used before', 'invalid_dpop_proof'],
  dpop_nonce_required: ['invalid_token', 'the DPoP proof lacks a current nonce', 'use_dpop_nonce'],
  dpop_key_mismatch: ['invalid_token', 'the token is bound to a key other than that of the DPoP proof'],
  certificate_missing: ['invalid_token', 'the token is bound to a client certificate, and there is none'],
  certificate_mismatch: ['invalid_token', 'the token is bound to another client certificate'],
  keys_unavailable: ['unavailable', 'the keys of the issuer are unavailable'],
  introspection_unavailable: ['unavailable', 'token introspection failed'],
  issuer_unavailable: ['unavailable', 'the issuer lookup failed'],
  revocation_unavailable: ['unavailable', 'the revocation check failed'],
  replay_unavailable: ['unavailable', 'the DPoP replay check failed'],
} as const satisfies Record<string, readonly [VerificationOutcome, string, DpopChallengeError?]>

/** Why an access token was not accepted. The set is closed: a `switch` over it can be exhaustive. */
export type AccessTokenErrorCode = keyof typeof reasons

/** Details of an error, in addition to its code. */
export interface AccessTokenErrorOptions {
  /** Details of this token or issuer, for operators. Never a token. */
  detail?: string | undefined
  /** The underlying error, for operators. It may name hosts and addresses. */
  cause?: unknown
  /** How long to wait before a retry, in seconds; for codes that end in `_unavailable`. */
  retryAfterSeconds?: number | undefined
}

/**
 * The error of every verifier in this package. `outcome` says what it means for the request (`invalid_token` or `unavailable`), and
 * `code` says why. `message` is for operators: do not send it to a client. `challengeError` is the `error` of a DPoP challenge
 * (RFC 9449 §7.1).
 */
export class AccessTokenError extends VerificationError<AccessTokenErrorCode> {
  /** Details of this token or issuer, at the end of the message. Not for clients. */
  readonly detail: string | undefined

  constructor(code: AccessTokenErrorCode, { detail, ...options }: AccessTokenErrorOptions = {}) {
    const [outcome, text, challengeError] = reasons[code]
    super(outcome, code, detail === undefined ? text : `${text}: ${detail}`, { ...options, challengeError })
    this.detail = detail
  }
}
