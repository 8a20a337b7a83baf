import type { AuthState, LoginFailure } from '../browser-client.js'
import { authorizeRequest } from './api-access.js'
import { createAuthorizationServer } from './authorization-server.js'
import { readCallback, redeemCode, startAttempt } from './login-attempt.js'
import { addParameters } from './parameters.js'
import { createSession, NoSessionError } from './session.js'
import { createSessionVault } from './session-vault.js'
import type { SessionSettings, SessionWorker, WorkerCall, WorkerMessage } from './session-worker.js'

/** Answers the calls of one page on a port. */
export function serveSession(port: MessagePort, settings: SessionSettings): void {
  const worker = createSessionWorker(settings, (state) => port.postMessage({ state } satisfies WorkerMessage))
  port.onmessage = async ({ data }: MessageEvent<WorkerCall>) => {
    const { id, method, input } = data
    try {
      const call = worker[method] as (...input: readonly unknown[]) => Promise<unknown>
      port.postMessage({ id, result: await call(...input) } satisfies WorkerMessage)
    } catch (error) {
      const code = error instanceof NoSessionError ? 'no_session' : 'unavailable'
      port.postMessage({ id, failure: { code, message: String(error) } } satisfies WorkerMessage)
    }
  }
}

function createSessionWorker(settings: SessionSettings, onChange: (state: AuthState) => void): SessionWorker {
  const vault = createSessionVault(settings)
  const server = createAuthorizationServer(settings, vault)
  const session = createSession(settings, vault, server, onChange)
  return {
    start: (request) => startAttempt(settings, server, request),
    async complete(query, attempt) {
      let failure: LoginFailure
      try {
        const callback = await readCallback(settings, server, query, attempt)
        if ('code' in callback) return await session.begin(() => redeemCode(settings, server, callback.code, attempt))
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
    authorize: (method, url, answer) => authorizeRequest(session, server, method, url, answer),
    async logout(returnUrl) {
      const ended = await session.end()
      try {
        const { end_session_endpoint: logoutEndpoint, revocation_endpoint: revocationEndpoint } = await server.metadata()
        // Nobody waits longer than this to be logged out.
        if (ended?.refreshToken && revocationEndpoint)
          await server.post(revocationEndpoint, { token: ended.refreshToken }, { timeoutMs: 2000 }).catch(() => {})
        if (!logoutEndpoint) return undefined
        const url = new URL(logoutEndpoint)
        addParameters(url.searchParams, {
          id_token_hint: ended?.idToken,
          client_id: settings.clientId,
          post_logout_redirect_uri: returnUrl,
        })
        return url.href
      } catch {
        return undefined
      }
    },
  }
}
