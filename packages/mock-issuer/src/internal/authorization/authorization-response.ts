import { errorDescription } from '../http/oauth-refusal.js'
import { explainRefusal } from '../http/refusal.js'
import type { AuthorizationError } from './authorization-error.js'
import { formPostPage } from './form-post-page.js'
import type { ResponseMode } from './response-mode.js'

/** Where an authorization response goes, and how. */
export interface AuthorizationResponseTarget {
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | undefined
  /** Whether the request was one with `prompt=none`, which comes from a frame. */
  readonly isSilent: boolean
  /** Named in every response, against mix-up (RFC 9207). */
  readonly issuer: string
}

/** Sends the user back with a code (RFC 6749 §4.1.2). */
export function codeResponse(target: AuthorizationResponseTarget, code: string): Response {
  return respond(target, { code })
}

/** Sends the user back with an error (RFC 6749 §4.1.2.1). */
export function errorResponse(target: AuthorizationResponseTarget, { code, description, advice }: AuthorizationError): Response {
  const told = { error: code, error_description: errorDescription(description) }
  return explainRefusal(respond(target, told), { error: code, description: told.error_description, advice })
}

function respond(
  { redirectUri, responseMode, state, isSilent, issuer }: AuthorizationResponseTarget,
  own: Record<string, string>,
): Response {
  const parameters = { ...own, ...(state === undefined ? {} : { state }), iss: issuer }
  if (responseMode === 'form_post') return formPostPage(redirectUri, new Map(Object.entries(parameters)), isSilent)
  return redirect(redirectUri, new URLSearchParams(parameters))
}

// 303, because a 307 would make the browser post the login form to the client (RFC 9700 §4.12). The redirect URI is extended
// as text: parsing could change it, and the client compares.
function redirect(redirectUri: string, query: URLSearchParams): Response {
  const location = redirectUri + (redirectUri.includes('?') ? '&' : '?') + query.toString()
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } })
}
