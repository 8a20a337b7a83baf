import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { readDemand } from './api-challenge.js'
import { createHandlerSession } from './handler-session.js'
import { connectTokenHandler, withCookies } from './token-handler.js'
import type { TokenHandlerModeOptions } from './token-handler-mode-options.js'

/**
 * Makes the mode in which the page holds no tokens. What is needed when the user logs in, and so leaves the page and comes back to it, is loaded
 * then.
 */
export function createTokenHandlerMode<Claims>(options: TokenHandlerModeOptions, page: BrowserPage<Claims>): BrowserMode<Claims> {
  const { tokenHandlerUrl, scope, allowedOrigins = [] } = options
  const { error } = page
  const name = `bailiwick ${tokenHandlerUrl}`
  const ask = connectTokenHandler(options, name, page)
  const session = createHandlerSession(name, ask, page)
  const tab = { name, scope, ask, session, page }
  const loadLogin = () => import('./login.js')
  // A page that was frozen when it was left knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => persisted && void session.restore())

  return {
    async handlePage() {
      return /[?&](state|response)=/.test(location.search) ? (await loadLogin()).endLogin(tab) : session.restore()
    },
    login: async (request) => (await loadLogin()).startLogin(tab, request),
    async logout() {
      // Rejects without an answer: cookies that no script can read, no script can remove.
      const { logout_url: url } = await ask('logout', {})
      session.tell({ is_logged_in: false })
      if (url) location.assign(page.requireSecure(url))
    },
    async getAccessToken() {
      throw error('no_tokens')
    },
    async fetch(input, init) {
      const request = withCookies(input, init)
      if (!allowedOrigins.includes(new URL(request.url).origin)) throw error('origin_not_allowed')
      const { signal } = request
      // Who waits no longer is heard also while nothing is sent to the API.
      const heard = <Result>(work: Promise<Result>) =>
        Promise.race([work, new Promise<never>((_resolve, reject) => (signal.onabort = () => reject(signal.reason)))])
      const renew = await heard(session.begin())
      for (let isRenewed = false; ; isRenewed = true) {
        const response = await fetch(request.clone())
        const demand = readDemand(response)
        if (typeof demand === 'object') throw error('step_up_required', undefined, demand)
        // What one user asked for is not asked for again as another.
        if (!demand || isRenewed || !(await heard(renew()))) return response
      }
    },
  }
}
