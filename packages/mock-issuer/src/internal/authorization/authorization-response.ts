import { errorDescription } from '../http/oauth-refusal.js'
import type { AuthorizationError } from './authorization-request.js'

/** Where an authorization response goes. */
export interface AuthorizationResponseTarget {
  readonly redirectUri: string
  readonly state: string | undefined
  /** Named in every response, against mix-up (RFC 9207). */
  readonly issuer: string
}

/** Sends the user back with a code (RFC 6749 §4.1.2). */
export function codeResponse(target: AuthorizationResponseTarget, code: string): Response {
  return redirect(target, { code })
}

/** Sends the user back with an error (RFC 6749 §4.1.2.1). */
export function errorResponse(target: AuthorizationResponseTarget, { code, description }: AuthorizationError): Response {
  return redirect(target, { error: code, error_description: errorDescription(description) })
}

// 303, because a 307 would make the browser post the login form to the client (RFC 9700 §4.12). The redirect URI is extended
// as text: parsing could change it, and the client compares.
function redirect({ redirectUri, state, issuer }: AuthorizationResponseTarget, parameters: Record<string, string>): Response {
  const query = new URLSearchParams({ ...parameters, ...(state === undefined ? {} : { state }), iss: issuer })
  const location = redirectUri + (redirectUri.includes('?') ? '&' : '?') + query.toString()
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
}
