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
    logout: async () => (await loadLogin()).logout(tab),
    async getAccessToken() {
      throw error('no_tokens')
    },
    async fetch(input, init) {
      const request = withCookies(input, init)
      if (!allowedOrigins.includes(new URL(request.url).origin)) throw error('origin_not_allowed')
      const { signal } = request
      const renew = await heard(signal, session.begin())
      for (let isRenewed = false; ; isRenewed = true) {
        const response = await fetch(request.clone())
        const demand = readDemand(response)
        if (typeof demand === 'object') throw error('step_up_required', undefined, demand)
        // What one user asked for is not asked for again as another.
        if (!demand || isRenewed || !(await heard(signal, renew()))) return response
      }
    },
  }
}

/** Waits for work no longer than the signal lets it. */
function heard<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise<Result>((resolve, reject) => {
    signal.onabort = () => reject(signal.reason)
    work.then(resolve, reject)
    // A signal that lives on keeps no request's.
  }).finally(() => (signal.onabort = null))
}
