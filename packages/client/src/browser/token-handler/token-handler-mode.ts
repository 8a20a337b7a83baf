import type { AuthState, BrowserLoginOptions, LoginFailure, UserClaims } from '../browser-client.js'
import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { readDemand } from './api-challenge.js'
import { createHandlerSession } from './handler-session.js'
import { connectTokenHandler, type TokenHandlerAnswer, withCookies } from './token-handler.js'
import type { TokenHandlerModeOptions } from './token-handler-mode-options.js'

/** Makes the mode in which the page holds no tokens. */
export function createTokenHandlerMode<Claims>(options: TokenHandlerModeOptions, page: BrowserPage<Claims>): BrowserMode<Claims> {
  const { allowedOrigins = [] } = options
  const { error, getState } = page
  /** Of the lock and the channel that tabs share, and of what a tab keeps of a login that it has begun. */
  const name = `bailiwick ${options.tokenHandlerUrl}`
  const ask = connectTokenHandler(options, name, page)
  const session = createHandlerSession(name, ask, page)
  let shownAgain = (_state: Promise<AuthState<Claims>>): void => {}
  // A page that was frozen when it was left knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => persisted && shownAgain(session.restore()))

  /**
   * The path to go on at or, for a popup, the channel to tell its opener on; `null` if this tab has begun no login. What the login itself needs,
   * the token handler keeps.
   */
  const takeBegun = () =>
    stored(() => {
      const begun = sessionStorage.getItem(name)
      sessionStorage.removeItem(name)
      return begun
    })

  const user = () => (getState() as { readonly user?: UserClaims }).user?.sub

  return {
    async handlePage() {
      const { search, href } = location
      // With a code or an error, or (JARM) signed and alone. A link that looks like it is none, and spends no login that another tab has begun.
      const begun = /^(?=.*[?&]state=).*[?&](code|error)=|^\?response=[^&]*$/.test(search) ? takeBegun() : null
      if (begun === null) return session.restore()
      // Out of the history before anything else: a reload from here on finds no callback.
      history.replaceState(null, '', href.split('?')[0])
      const answer = await ask('login/end', search).catch(() => ({}))
      const isPath = begun?.startsWith('/')
      // Before the app hears of the user, who is to find what they came for.
      if (isPath) page.goOn(begun)
      const isDone = 'is_logged_in' in answer && answer.is_logged_in
      const reached = isDone ? session.tell(answer) : await session.restore(begun ? failureOf(answer) : undefined)
      if (begun && !isPath) page.tellOpener(begun, reached as AuthState)
      return reached
    },

    async login({ display, returnTo, ...request }) {
      const popup = display === 'popup' ? page.openPopup() : undefined
      try {
        const { authorization_url: target = '' } = await ask('login/start', loginForm(request, options.scope))
        const url = page.requireSecure(target)
        const leaving = popup ?? globalThis
        const id = crypto.randomUUID()
        // Where the browser stores nothing, logins work nevertheless, and end where the server sends the browser to.
        stored(() => leaving.sessionStorage.setItem(name, popup ? id : returnTo))
        leaving.location.assign(url)
        // The user may go back.
        if (!popup) return await new Promise((resolve) => (shownAgain = resolve))
        const reached = (await page.popupOutcome(popup, id)) as { readonly error?: LoginFailure } | undefined
        return await session.restore(reached ? reached.error : { error: 'popup_closed' })
      } catch (reason) {
        popup?.close()
        throw reason
      }
    },

    async logout() {
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
      const sub = user()
      for (let isRenewed = false; ; isRenewed = true) {
        const version = session.version()
        const response = await fetch(request.clone())
        const demand = readDemand(response)
        if (typeof demand === 'object') throw error('step_up_required', undefined, demand)
        if (!demand || isRenewed) return response
        await session.renew(version)
        // What one user asked for is not asked for again as another.
        if (sub && sub !== user()) return response
      }
    },
  }
}

function loginForm(
  { scope = '', acrValues, maxAgeSeconds, loginHint, prompt }: BrowserLoginOptions,
  usualScope = '',
): Readonly<Record<string, string>> {
  const form = {
    scope: [...new Set(`${usualScope} ${scope}`.match(/\S+/g))].join(' ') || undefined,
    acr_values: acrValues?.join(' '),
    max_age: maxAgeSeconds,
    login_hint: loginHint,
    prompt,
  }
  // Without what is undefined.
  return JSON.parse(JSON.stringify(form)) as Record<string, string>
}

function failureOf({ error_code: error, detailed_error: description }: TokenHandlerAnswer): LoginFailure | undefined {
  return error === undefined ? undefined : { error, description }
}

/** Uses the storage; `undefined` where the browser has shut it, or it is full. */
function stored<Result>(use: () => Result): Result | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
