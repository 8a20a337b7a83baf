import type { ClientRegistry } from '../registration/client-registry.js'
import { explainRefusal } from '../http/refusal.js'
import { isTrustedRedirect } from '../registration/redirect-trust.js'
import type { AuthorizationError } from './authorization-error.js'
import { errorResponse } from './authorization-response.js'
import type { AuthorizationResponseTarget } from './authorization-response.js'
import { errorPage } from './error-page.js'

/**
 * Refuses an authorization request before anybody was asked: by a redirect, or by a page that stays here if it would lead to where a stranger
 * wants to have the user. Once somebody has clicked on the login page, which shows that place, `errorResponse` is for it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
 */
export async function refusalResponse(
  target: AuthorizationResponseTarget & { readonly clientId: string },
  error: AuthorizationError,
  { registry }: { readonly registry: Pick<ClientRegistry, 'find'> },
): Promise<Response> {
  const { redirectUri, clientId } = target
  if (isTrustedRedirect(redirectUri, clientId, registry)) return errorResponse(target, error)
  const { host, protocol } = new URL(redirectUri)
  const reason = `${error.description} The application ${clientId} registered itself, so nobody is sent to ${host === '' ? protocol : host} unasked.`
  return explainRefusal(await errorPage(reason, 400, { code: error.code }), { error: error.code, advice: error.advice })
}
