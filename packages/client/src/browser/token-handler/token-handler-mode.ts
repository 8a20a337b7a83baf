import type { AuthState, BrowserLoginOptions } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'
import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { cookieFetch } from './cookie-fetch.js'
import { createHandlerSession } from './handler-session.js'
import { connectTokenHandler, unavailable } from './token-handler.js'
import type { TokenHandlerModeOptions } from './token-handler-mode-options.js'

/** Makes the mode in which the page holds no tokens. It is as small as it can be made: see the size test before adding to it. */
export function createTokenHandlerMode<Claims>(options: TokenHandlerModeOptions, page: BrowserPage<Claims>): BrowserMode<Claims> {
  const { tokenHandlerUrl, scope: usualScope = '', allowedOrigins = [] } = options
  const name = `bailiwick ${tokenHandlerUrl}`
  const ask = connectTokenHandler(tokenHandlerUrl, options.timeoutMs)
  const session = createHandlerSession(name, ask, page)
  // A page that was frozen when it was left knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => persisted && void session.restore())

  /**
   * What this tab keeps of a login that it began: the path to go on at or, for a popup, the channel to tell its opener on. What the login itself
   * needs, the token handler keeps. Where the browser stores nothing, logins end where the server sends the browser to.
   */
  function stored(path?: string): string | null | undefined {
    try {
      const begun = sessionStorage.getItem(name)
      if (path) sessionStorage.setItem(name, path)
      else sessionStorage.removeItem(name)
      return begun
    } catch {
      return undefined
    }
  }

  async function handlePage(): Promise<AuthState<Claims>> {
    const callback = location.search
    const begun = stored()
    // With a code or an error, or (JARM) signed and alone.
    if (!/^(?=.*[?&]state=).*[?&](code|error)=|^\?response=[^&]*$/.test(callback)) return session.restore()
    // Out of the history before anything else: a reload from here on finds no callback.
    history.replaceState(null, '', location.pathname)
    const answer = await ask('login/end', callback).catch(() => undefined)
    // Before the app hears of the user, who is to find what they came for.
    if (begun?.startsWith('/')) page.goOn(begun)
    // A callback that this tab did not begin, such as one that was gone back to, is no failure: what counts is the session that there is.
    const reached = await (answer && !answer.failure ? session.set(answer) : session.restore(begun ? answer?.failure : false))
    if (begun && !begun.startsWith('/')) (await import('./login-in-popup.js')).endInPopup(begun, reached)
    return reached
  }

  async function startLogin({ scope = '', acrValues, maxAgeSeconds, loginHint, prompt }: BrowserLoginOptions): Promise<string> {
    const wanted = {
      scope: `${usualScope} ${scope}`.trim(),
      acr_values: acrValues?.join(' '),
      max_age: maxAgeSeconds?.toString(),
      login_hint: loginHint,
      prompt,
    }
    const given = Object.entries(wanted).filter((entry): entry is [string, string] => !!entry[1])
    const { members } = await ask('login/start', Object.fromEntries(given))
    return page.requireSecure(members['authorization_url'] as string)
  }

  return {
    handlePage,
    async login({ display, returnTo, ...request }) {
      if (display !== 'popup') {
        const url = await startLogin(request)
        stored(returnTo)
        location.assign(url)
        return new Promise(() => {})
      }
      // At once, while the click that allows it lasts.
      const popup = open('', '_blank', 'popup,width=480,height=640')
      if (!popup) throw new BrowserClientError('popup_blocked')
      try {
        const { loginInPopup } = await import('./login-in-popup.js')
        return await session.restore(await loginInPopup(popup, name, await startLogin(request)))
      } catch (error) {
        popup.close()
        throw error
      }
    },
    async logout() {
      const { failure, status, members } = await ask('logout', '')
      if (failure && status !== 401) throw unavailable()
      session.set()
      const url = members['logout_url'] as string | undefined
      if (url) location.assign(page.requireSecure(url))
    },
    getAccessToken: () => Promise.reject(new BrowserClientError('no_tokens')),
    fetch: (input, init) => cookieFetch(session, allowedOrigins, input, init),
  }
}
