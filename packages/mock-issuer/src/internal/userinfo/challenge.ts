import { asymmetricAlgorithms } from '../dpop/asymmetric-algorithms.js'
import { jsonResponse } from '../http/json-response.js'
import { errorDescription } from '../http/oauth-refusal.js'
import type { AccessTokenScheme } from './presented-token.js'

/** Why a request to a protected resource is refused. */
export interface ChallengeReason {
  readonly status: 400 | 401 | 403
  readonly error: string
  readonly description: string
  /** The scope that the resource needs, for `insufficient_scope`. */
  readonly scope?: string
}

/**
 * Refuses a request without a token: it is told how to authenticate, and of no error.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3 RFC 6750 §3}
 */
export function challengeAnonymous(): Response {
  const header = `${formatScheme('Bearer', [])}, ${formatScheme('DPoP', [])}`
  return jsonResponse({ error: 'unauthorized' }, { status: 401, headers: { 'www-authenticate': header } })
}

/**
 * Refuses a request with a token, by the scheme that it used.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-7.1 RFC 9449 §7.1}
 */
export function challenge(scheme: AccessTokenScheme, { status, error, description, scope }: ChallengeReason): Response {
  const text = errorDescription(description)
  const parameters = [`error="${error}"`, `error_description="${text}"`, ...(scope === undefined ? [] : [`scope="${scope}"`])]
  const headers = { 'www-authenticate': formatScheme(scheme, parameters) }
  return jsonResponse({ error, error_description: text }, { status, headers })
}

function formatScheme(scheme: AccessTokenScheme, parameters: readonly string[]): string {
  const algorithms = scheme === 'DPoP' ? [`algs="${asymmetricAlgorithms.join(' ')}"`] : []
  return `${scheme} ${['realm="mock-issuer"', ...parameters, ...algorithms].join(', ')}`
}
