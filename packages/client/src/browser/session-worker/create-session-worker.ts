import type { AuthState, LoginFailure } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'
import { authorizeRequest } from './api-access.js'
import { createAuthorizationServer } from './authorization-server.js'
import { readCallback, redeemCode } from './login-callback.js'
import { startAttempt } from './login-request.js'
import { addParameters } from './parameters.js'
import { createSession } from './session.js'
import { sessionName } from './session-name.js'
import { createSessionStore } from './session-store.js'
import { createSessionVault } from './session-vault.js'
import type { SessionSettings, SessionWorker } from './session-worker.js'
import { createTokenEndpoint } from './token-endpoint.js'

/** Makes what a page can ask for: the session of one client, of which `onChange` hears what the page has not asked for. */
export function createSessionWorker(settings: SessionSettings, onChange: (state: AuthState) => void): SessionWorker {
  const name = sessionName(settings)
  const vault = createSessionVault(name, createSessionStore(name, settings.timeoutMs))
  const server = createAuthorizationServer(settings)
  const endpoint = createTokenEndpoint(settings, server, vault)
  const session = createSession(settings, vault, endpoint, onChange)

  /** @see {@link https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout OpenID Connect RP-Initiated Logout §2} */
  async function logoutUrl(idToken: string | undefined, returnUrl: string): Promise<string | undefined> {
    const { end_session_endpoint: logoutEndpoint } = await server.metadata()
    if (!logoutEndpoint) return undefined
    const url = new URL(logoutEndpoint)
    addParameters(url.searchParams, { id_token_hint: idToken, client_id: settings.clientId, post_logout_redirect_uri: returnUrl })
    return url.href
  }

  return {
    start: (request) => startAttempt(settings, server, endpoint, request),
    async complete(query, attempt) {
      let failure: LoginFailure
      try {
        const callback = await readCallback(settings, server, query, attempt)
        if ('code' in callback) return await session.begin(await redeemCode(settings, endpoint, callback.code, attempt))
        failure = callback
      } catch (error) {
        failure = { error: 'login_failed', description: String(error) }
      }
      const state = await session.restore()
      // The server was asked without the user, and wants them: nobody has failed.
      const isExpected = attempt.silent && failure.error.endsWith('_required')
      return state.status === 'unavailable' || isExpected ? state : { ...state, error: failure }
    },
    restore: session.restore,
    getAccessToken: async () => (await session.tokens()).accessToken,
    authorize: (method, url, answer) => authorizeRequest(session, endpoint, method, url, answer),
    async logout(returnUrl) {
      const { ended, isGone } = await session.end()
      // The page is anonymous by now: what is waited for is the server's part.
      const [url] = await Promise.all([logoutUrl(ended?.idToken, returnUrl).catch(() => undefined), ended && endpoint.revoke(ended)])
      if (!isGone) throw new BrowserClientError('storage_unavailable', 'The session can be neither overwritten nor deleted.')
      return url
    },
  }
}
