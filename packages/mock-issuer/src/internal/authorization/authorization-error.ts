/** The error codes that an authorization request can be answered with. */
export type AuthorizationErrorCode = (typeof authorizationErrorCodes)[number]

/** Those codes: of RFC 6749 §4.1.2.1, OpenID Connect Core 1.0 §3.1.2.6, RFC 9101 §7, RFC 8707 §2 and RFC 9396 §5. */
export const authorizationErrorCodes = [
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'invalid_request_uri',
  'invalid_request_object',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'unmet_authentication_requirements',
  'invalid_target',
  'invalid_authorization_details',
] as const

/** Why a request is refused, for the client to read. */
export interface AuthorizationError {
  readonly code: AuthorizationErrorCode
  readonly description: string
  /** What would mend it, for the person who runs the issuer: the client is not told. */
  readonly advice?: string | undefined
}

export function refuseAuthorization(code: AuthorizationErrorCode, description: string, advice?: string): AuthorizationError {
  return { code, description, advice }
}
