import { errorPage } from '../authorization/error-page.js'
import { endpointPaths } from '../http/endpoint.js'
import type { Endpoint } from '../http/endpoint.js'
import { readForm } from '../http/form.js'
import type { Form } from '../http/form.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'
import { findSession } from '../sessions/session-cookie.js'
import { stillLoggedInPage } from './logout-page.js'
import { loggedOutResponse } from './logout-response.js'
import type { PendingLogouts } from './pending-logouts.js'
import { endSession } from './session-end.js'
import type { SessionEndInput } from './session-end.js'

export interface LogoutConfirmationEndpointInput extends SessionEndInput {
  readonly pendingLogouts: PendingLogouts
}

/** Takes the answer of the page that asks whether to log out, from the browser that has the session it asked about. */
export function createLogoutConfirmationEndpoint(input: LogoutConfirmationEndpointInput): Endpoint {
  async function answer(http: Request, form: Form): Promise<Response> {
    const pending = input.pendingLogouts.take(form.get('logout') ?? '')
    if (pending === undefined) return errorPage('This page was answered already, or was open for too long.')
    const session = findSession(http, input)
    if (session?.id !== pending.sessionId) return errorPage('This answer does not come from the browser that was asked.', 403)
    if (form.get('action') !== 'log-out') return stillLoggedInPage()
    await endSession(session, input)
    return loggedOutResponse(session, pending.target, input)
  }

  return {
    name: 'logout-confirmation',
    path: endpointPaths['logout-confirmation'],
    cors: 'none',
    methods: {
      async POST(http) {
        try {
          return await answer(http, await readForm(http))
        } catch (error) {
          if (error instanceof OAuthRefusal) return errorPage(error.message, error.status)
          throw error
        }
      },
    },
  }
}
