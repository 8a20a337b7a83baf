import type { EndpointHandler } from './endpoint.js'
import { jsonResponse } from './json-response.js'
import { explainRefusal } from './refusal.js'

/** The error codes of RFC 6749 §5.2, RFC 8628 §3.5, RFC 8693 §2.2.2, RFC 9396 §5, RFC 7591 §3.2.2, and OpenID Connect CIBA Core 1.0 §11 and §13. */
export type OAuthErrorCode =
  | 'invalid_dpop_proof' // RFC 9449 §5
  | 'use_dpop_nonce' // RFC 9449 §8
  | 'temporarily_unavailable' // with 503: what was sent is not wrong, and cannot be decided on
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_authorization_details'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'invalid_software_statement'
  | 'unapproved_software_statement'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'
  | 'invalid_target'
  | 'unknown_user_id'
  | 'invalid_binding_message'

/** Ends the request in hand. An endpoint is a list of checks, and the first that fails throws this; `answerRefusals` makes it a response. */
export class OAuthRefusal extends Error {
  readonly code: OAuthErrorCode
  readonly status: number
  /** What would mend it, for the person who runs the issuer: the client is not told. */
  readonly advice: string | undefined

  constructor(code: OAuthErrorCode, description: string, status = code === 'invalid_client' ? 401 : 400, advice?: string) {
    super(description)
    this.name = 'OAuthRefusal'
    this.code = code
    this.status = status
    this.advice = advice
  }
}

/** Wraps a handler, so that its refusals become the error responses of RFC 6749 §5.2. */
export function answerRefusals(handle: EndpointHandler): EndpointHandler {
  return async (request) => {
    try {
      return await handle(request)
    } catch (error) {
      if (!(error instanceof OAuthRefusal)) throw error
      // A 401 always says how to authenticate (RFC 9110 §15.5.2), not only to a client that tried by the header (RFC 6749 §5.2).
      const headers = error.status === 401 ? { 'www-authenticate': 'Basic realm="mock-issuer", charset="UTF-8"' } : retryHeaders(error)
      const told = { error: error.code, error_description: errorDescription(error.message) }
      return explainRefusal(jsonResponse(told, { status: error.status, headers }), { error: error.code, advice: error.advice })
    }
  }
}

const retryAfterSeconds = 60

/** When to come back, for an answer that says that it cannot be decided now (RFC 9110 §10.2.3). */
export function retryHeaders({ status }: OAuthRefusal): Readonly<Record<string, string>> {
  return status === 503 ? { 'retry-after': String(retryAfterSeconds) } : {}
}

/** A text in the characters that RFC 6749 §5.2 allows: printable ASCII, without the double quote and the backslash. */
export function errorDescription(text: string): string {
  return text.replaceAll('"', "'").replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?')
}
