import { ConfigurationError } from '@bailiwick/protocol'
import type { Client } from '../client.js'
import type { LogoutUrlOptions } from '../logout.js'
import type { Connection } from './connection.js'
import { requireOwnTokens } from './own-tokens.js'
import { isRedirectUri } from './redirect-uri.js'

/**
 * Where the user is logged out at the server. Nothing of the browser that comes back is checked: it has nothing to say but its `state`.
 *
 * @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout OpenID Connect RP-Initiated Logout §2}
 */
export function createLogoutUrl<Claims>({ settings, metadata }: Connection<Claims>): Pick<Client<Claims>, 'logoutUrl'> {
  return {
    async logoutUrl(options = {}) {
      if (options.tokens !== undefined) requireOwnTokens(settings, options.tokens)
      const parameters = logoutParameters(options)
      const { end_session_endpoint: endpoint } = await metadata()
      if (endpoint === undefined) return undefined
      const url = new URL(endpoint)
      // Without a hint this is how the server knows whose postLogoutRedirectUri it is; with one, it compares the two.
      url.searchParams.set('client_id', settings.clientId)
      for (const [name, value] of parameters) url.searchParams.set(name, value)
      return url.href
    },
  }
}

function logoutParameters({ tokens, postLogoutRedirectUri, state, uiLocales = [] }: LogoutUrlOptions): URLSearchParams {
  if (postLogoutRedirectUri !== undefined && !isRedirectUri(postLogoutRedirectUri)) {
    throw new ConfigurationError(
      'postLogoutRedirectUri must be an absolute https URL without fragment (http on loopback), exactly as registered.',
    )
  }
  if (state !== undefined && postLogoutRedirectUri === undefined) {
    throw new ConfigurationError('state comes back to a postLogoutRedirectUri: give one, or leave state out.')
  }
  const parameters = new URLSearchParams()
  if (tokens?.idToken !== undefined) parameters.set('id_token_hint', tokens.idToken)
  if (postLogoutRedirectUri !== undefined) parameters.set('post_logout_redirect_uri', postLogoutRedirectUri)
  if (state !== undefined) parameters.set('state', state)
  if (uiLocales.length > 0) parameters.set('ui_locales', uiLocales.join(' '))
  return parameters
}
