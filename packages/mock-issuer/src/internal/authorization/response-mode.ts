/**
 * How the answer to an authorization request reaches the client: in the query of the redirect URI, or posted there by a form.
 *
 * @see {@link https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html OAuth 2.0 Form Post Response Mode}
 */
export type ResponseMode = (typeof responseModes)[number]

export const responseModes = ['query', 'form_post'] as const

/** Reads the parameter `response_mode`; without it the code comes in the query. `undefined` for a mode that there is not. */
export function readResponseMode(value = 'query'): ResponseMode | undefined {
  return responseModes.find((mode) => mode === value)
}
