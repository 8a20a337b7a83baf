import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { readDemand } from './api-challenge.js'
import { createHandlerSession } from './handler-session.js'
import { connectTokenHandler, withCookies } from './token-handler.js'
import type { TokenHandlerModeOptions } from './token-handler-mode-options.js'

/**
 * Makes the mode in which the page holds no tokens. What is needed when the user logs in or out, and so leaves the page, or comes back to it, is
 * loaded then.
 */
export function createTokenHandlerMode<Claims>(options: TokenHandlerModeOptions, page: BrowserPage<Claims>): BrowserMode<Claims> {
  const { tokenHandlerUrl, allowedOrigins = [] } = options
  const { error } = page
  const name = `bailiwick ${tokenHandlerUrl}`
  const ask = connectTokenHandler(options, name, page)
  const session = createHandlerSession(name, ask, page)
  const tab = { name, options, ask, session, page }
  const loadLogin = () => import('./login.js')
  // A page that was frozen when it was left knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => persisted && void session.restore())

  async function send(request: Request): Promise<Response> {
    if (!allowedOrigins.includes(new URL(request.url).origin)) throw error('origin_not_allowed')
    const renew = await session.begin()
    for (let isRenewed = false; ; isRenewed = true) {
      const response = await fetch(request.clone())
      const demand = readDemand(response)
      if (typeof demand === 'object') throw error('step_up_required', undefined, demand)
      // What one user asked for is not asked for again as another.
      if (!demand || isRenewed || !(await renew())) return response
    }
  }

  return {
    async handlePage() {
      return /[?&](state|response)=/.test(location.search) ? (await loadLogin()).endLogin(tab) : session.restore()
    },
    login: async (request) => (await loadLogin()).startLogin(tab, request),
    logout: async () => (await loadLogin()).logout(tab),
    async getAccessToken() {
      throw error('no_tokens')
    },
    async fetch(input, init) {
      const request = withCookies(input, init)
      const { signal } = request
      signal.throwIfAborted()
      return new Promise<Response>((resolve, reject) => {
        // Who waits no longer is heard also while nothing is sent to the API.
        signal.onabort = () => reject(signal.reason)
        send(request).then(resolve, reject)
        // A signal that lives on keeps no request's.
      }).finally(() => (signal.onabort = null))
    },
  }
}
