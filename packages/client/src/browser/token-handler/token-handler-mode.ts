import type { AuthState } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'
import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { cookieFetch } from './cookie-fetch.js'
import { createHandlerSession } from './handler-session.js'
import { connectTokenHandler } from './token-handler.js'
import type { TokenHandlerModeOptions } from './token-handler-mode-options.js'

/**
 * Makes the mode in which the page holds no tokens. It is as small as it can be made: what is needed when the user logs in or out, and so leaves
 * the page, or when an API refuses a request, is loaded then.
 */
export function createTokenHandlerMode<Claims>(options: TokenHandlerModeOptions, page: BrowserPage<Claims>): BrowserMode<Claims> {
  const { tokenHandlerUrl, scope, allowedOrigins = [] } = options
  const name = `bailiwick ${tokenHandlerUrl}`
  const ask = connectTokenHandler(tokenHandlerUrl, options.timeoutMs)
  const session = createHandlerSession(name, ask, page)
  const leaving = { name, scope, ask, session, page }
  const renewal = { name, ask, session, getState: page.getState }
  const loadLeaving = () => import('./leaving.js')
  // A page that was frozen when it was left knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => persisted && void session.restore())

  /**
   * What this tab keeps of a login that it began: the path to go on at or, for a popup, the channel to tell its opener on. What the login itself
   * needs, the token handler keeps.
   */
  function takeBegun(): string | null | undefined {
    try {
      const begun = sessionStorage.getItem(name)
      sessionStorage.removeItem(name)
      return begun
    } catch {
      return undefined
    }
  }

  return {
    async handlePage(): Promise<AuthState<Claims>> {
      const begun = takeBegun()
      const callback = location.search
      // With a code or an error, or (JARM) signed and alone.
      if (!/^(?=.*[?&]state=).*[?&](code|error)=|^\?response=[^&]*$/.test(callback)) return session.restore()
      // Out of the history before anything else: a reload from here on finds no callback.
      history.replaceState(null, '', location.pathname)
      const answer = await ask('login/end', callback).catch(() => undefined)
      const isPath = begun?.startsWith('/')
      // Before the app hears of the user, who is to find what they came for.
      if (isPath) page.goOn(begun)
      // A callback that this tab did not begin, such as one that was gone back to, is no failure: what counts is the session that there is.
      const reached = await (answer && !answer.failure ? session.set(answer) : session.restore(begun ? answer?.failure : false))
      if (begun && !isPath) (await loadLeaving()).endInPopup(begun, reached)
      return reached
    },
    login: async (request) => (await loadLeaving()).login(leaving, request),
    logout: async () => (await loadLeaving()).logout(leaving),
    getAccessToken: () => Promise.reject(new BrowserClientError('no_tokens')),
    fetch: (input, init) => cookieFetch(renewal, allowedOrigins, input, init),
  }
}
