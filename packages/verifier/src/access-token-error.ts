import { type DpopChallengeError, VerificationError, type VerificationOutcome } from '@bailiwick/protocol'

/** Each reason for which a token is not accepted: what it means for the request, how it reads, and what a DPoP challenge says. */
const reasons = {
  token_too_large: ['invalid_token', 'the token is larger than maxTokenBytes'],
  token_malformed: ['invalid_token', 'the token does not have the form of one'],
  token_encrypted: ['invalid_token', 'the token is encrypted (JWE), which is not supported'],
  header_malformed: ['invalid_token', 'the JOSE header is malformed'],
  critical_header_unknown: ['invalid_token', 'the JOSE header demands an extension that is not understood'],
  algorithm_not_allowed: ['invalid_token', 'the signature algorithm is not allowed'],
  token_type_rejected: ['invalid_token', 'the token is not an access token'],
  key_not_found: ['invalid_token', 'the issuer publishes no key for the token'],
  key_unsuitable: ['invalid_token', 'the key that the token names cannot be used for it'],
  signature_invalid: ['invalid_token', 'the signature does not match'],
  claims_malformed: ['invalid_token', 'the claims are malformed'],
  claim_missing: ['invalid_token', 'a required claim is missing'],
  claim_invalid: ['invalid_token', 'a claim has a value that it cannot have'],
  issuer_mismatch: ['invalid_token', 'the token is of another issuer'],
  audience_mismatch: ['invalid_token', 'the token is for another audience'],
  token_expired: ['invalid_token', 'the token has expired'],
  token_not_yet_valid: ['invalid_token', 'the token is not valid yet'],
  token_too_old: ['invalid_token', 'the token is older than maxTokenAgeSeconds'],
  token_inactive: ['invalid_token', 'the issuer says that the token is not active'],
  token_revoked: ['invalid_token', 'the token has been revoked'],
  issuer_unknown: ['invalid_token', 'the token is of an issuer that is not trusted'],
  confirmation_invalid: ['invalid_token', 'the confirmation (cnf) of the token is malformed'],
  confirmation_unchecked: ['invalid_token', 'the token is bound to its sender (cnf), who cannot be checked'],
  sender_constraint_missing: ['invalid_token', 'the token is not bound to its sender'],
  scheme_unsupported: ['invalid_token', 'the token was presented under a scheme that is not supported'],
  scheme_mismatch: ['invalid_token', 'the token was presented under a scheme that it is not for'],
  dpop_proof_missing: ['invalid_token', 'there is no DPoP proof, or more than one', 'invalid_dpop_proof'],
  dpop_proof_invalid: ['invalid_token', 'the DPoP proof is not for this request', 'invalid_dpop_proof'],
  dpop_proof_stale: ['invalid_token', 'the DPoP proof is too old, or ahead of its time', 'invalid_dpop_proof'],
  dpop_proof_replayed: ['invalid_token', 'the DPoP proof has been used before', 'invalid_dpop_proof'],
  dpop_nonce_required: ['invalid_token', 'the DPoP proof lacks a current nonce', 'use_dpop_nonce'],
  dpop_key_mismatch: ['invalid_token', 'the token is bound to another key than that of the DPoP proof'],
  certificate_missing: ['invalid_token', 'the token is bound to a client certificate, and there is none'],
  certificate_mismatch: ['invalid_token', 'the token is bound to another client certificate'],
  keys_unavailable: ['unavailable', 'the keys of the issuer cannot be had'],
  introspection_unavailable: ['unavailable', 'the issuer does not say whether the token is active'],
  issuer_unavailable: ['unavailable', 'it cannot be found out whether the issuer is trusted'],
  revocation_unavailable: ['unavailable', 'it cannot be found out whether the token has been revoked'],
  replay_unavailable: ['unavailable', 'it cannot be found out whether the DPoP proof has been used before'],
} as const satisfies Record<string, readonly [VerificationOutcome, string, DpopChallengeError?]>

/** Why an access token was not accepted. The set is closed: a `switch` over it can be exhaustive. */
export type AccessTokenErrorCode = keyof typeof reasons

/** What is said beside the code. */
export interface AccessTokenErrorOptions {
  /** What is particular to this token or issuer, for operators. Never a token. */
  detail?: string | undefined
  /** What went wrong below, for operators; it may name hosts and addresses. */
  cause?: unknown
  /** For those that end in `_unavailable`: how long to wait, in seconds. */
  retryAfterSeconds?: number | undefined
}

/**
 * The rejection of every verifier in this package. `outcome` says what it means for the request (`invalid_token` or
 * `unavailable`), `code` why; `message` is for operators and is not to be sent to a client. `challengeError` is what RFC 9449 has a
 * DPoP challenge say.
 */
export class AccessTokenError extends VerificationError<AccessTokenErrorCode> {
  /** The end of the message: what is particular to this token or issuer. Not for clients. */
  readonly detail: string | undefined

  constructor(code: AccessTokenErrorCode, { detail, ...options }: AccessTokenErrorOptions = {}) {
    const [outcome, text, challengeError] = reasons[code]
    super(outcome, code, detail === undefined ? text : `${text}: ${detail}`, { ...options, challengeError })
    this.detail = detail
  }
}
