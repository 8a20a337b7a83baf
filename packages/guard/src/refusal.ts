/**
 * Why a request was refused. What each code looks like on the wire is {@link REFUSALS}, and nowhere else.
 *
 * - `credentials_missing`: no access token.
 * - `invalid_request`: malformed credentials, or more than one.
 * - `invalid_token`: the verifier rejects the token.
 * - `invalid_dpop_proof`: the token came under `DPoP`, without a proof that holds for this request.
 * - `use_dpop_nonce`: the DPoP proof lacks a current nonce; the answer brings one.
 * - `insufficient_scope`: a token with more scope would pass.
 * - `insufficient_user_authentication`: a stronger or more recent login would pass.
 * - `forbidden`: a role, permission, claim or check says no, or the guard cannot be met where it is mounted.
 * - `contract_broken`: the token is genuine and does not keep to the contract.
 * - `unavailable`: nobody can say now.
 */
export type RefusalCode =
  | 'credentials_missing'
  | 'invalid_request'
  | 'invalid_token'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'insufficient_scope'
  | 'insufficient_user_authentication'
  | 'forbidden'
  | 'contract_broken'
  | 'unavailable'

/** The answer to a refused request, to be sent as it is, except for `reason`. */
export interface Refused {
  readonly kind: 'refused'
  readonly status: RefusalStatus
  readonly headers: RefusalHeaders
  /** To be sent as JSON. */
  readonly body: RefusalBody
  readonly code: RefusalCode
  /** Why, for operators: never to be sent to a client. */
  readonly reason: string
}

/** Bad request, bad credential, insufficient credential, cannot decide. */
export type RefusalStatus = 400 | 401 | 403 | 503

/** The headers of a refusal. They do not include `Content-Length`. */
export interface RefusalHeaders {
  readonly 'Content-Type': 'application/json'
  readonly 'Cache-Control': 'no-store'
  readonly 'WWW-Authenticate'?: string
  /** In seconds. */
  readonly 'Retry-After'?: string
  /** For `use_dpop_nonce`: what the client's next proof must carry (RFC 9449 §9). */
  readonly 'DPoP-Nonce'?: string
}

/** The JSON that is sent: the same text for every refusal of a code. */
export interface RefusalBody {
  readonly error: string
  readonly error_description: string
}

/** How a code is answered. */
export interface RefusalForm {
  readonly status: RefusalStatus
  readonly body: RefusalBody
  /**
   * Whether there is a challenge, and whether it has the error of the body. Whoever comes without a token that opens the way is
   * challenged (RFC 6750 §3). The challenge is plain for a request without a token, which is told of no error (§3.1), and for a 403
   * that no scope and no login would mend, for which the RFCs have no error. `none` is for "cannot decide", which does not judge the
   * token: `Retry-After` is in its place.
   */
  readonly challenge: 'none' | 'plain' | 'error'
}

const FORBIDDEN: RefusalForm = form(403, 'plain', 'forbidden', 'The access token does not allow this operation.')

/**
 * Code → status, challenge and public text.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3} (when there is a challenge)
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1} and §9
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-3 RFC 9470 §3}
 */
export const REFUSALS: Readonly<Record<RefusalCode, RefusalForm>> = Object.freeze({
  credentials_missing: form(401, 'plain', 'unauthorized', 'An access token is required.'),
  invalid_request: form(400, 'error', 'invalid_request', 'The request must present one access token, in the Authorization header.'),
  invalid_token: form(401, 'error', 'invalid_token', 'The access token is invalid or has expired.'),
  invalid_dpop_proof: form(401, 'error', 'invalid_dpop_proof', 'The DPoP proof is missing, or is not valid for this request.'),
  use_dpop_nonce: form(401, 'error', 'use_dpop_nonce', 'The DPoP proof must carry the nonce that comes with this response.'),
  insufficient_scope: form(403, 'error', 'insufficient_scope', 'The access token lacks a scope that this operation needs.'),
  insufficient_user_authentication: form(
    401,
    'error',
    'insufficient_user_authentication',
    'This operation needs a stronger or more recent login.',
  ),
  forbidden: FORBIDDEN,
  contract_broken: FORBIDDEN,
  unavailable: form(503, 'none', 'temporarily_unavailable', 'Access cannot be checked at the moment. Try again later.'),
})

function form(status: RefusalStatus, challenge: RefusalForm['challenge'], error: string, description: string): RefusalForm {
  return Object.freeze({ status, challenge, body: Object.freeze({ error, error_description: description }) })
}
