import type { AuthState, BrowserLoginOptions, LoginFailure } from '../browser-client.js'
import type { BrowserClientError } from '../browser-client-error.js'
import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { openPopup, popupFailure, tellOpener } from '../popup.js'
import { createAttemptStorage } from './attempt-storage.js'
import { authorizedFetch } from './authorized-fetch.js'
import { connectWorker } from './connect-worker.js'
import type { TokensModeOptions } from './tokens-mode-options.js'

/** Makes the mode in which the page is the client. Its worker does what takes secrets; this does what takes a page. */
export function createTokensMode<Claims>(
  options: TokensModeOptions & { readonly worker: () => Worker },
  page: BrowserPage<Claims>,
): BrowserMode<Claims> {
  const { worker, onReturn: _onReturn, ...settings } = options
  const { issuer, clientId, redirectUri, scope = 'openid', allowedOrigins = [] } = settings
  const redirect = new URL(redirectUri)
  if (!clientId || redirect.origin !== location.origin || !scope.split(' ').includes('openid')) {
    throw page.configurationError('redirectUri must be of this origin, clientId given, and openid in scope.')
  }
  const attempts = createAttemptStorage([issuer, clientId, redirectUri], page)
  // What the claims are, the app has said.
  const onState = (state: AuthState) => page.setState(state as AuthState<Claims>)
  const call = connectWorker(worker, settings, page, onState)
  /** What another page has done may not have been heard of. A server that cannot be asked has said nothing of a login. */
  async function restored(error?: LoginFailure): Promise<AuthState> {
    const found = await call('restore', true)
    return error && found.status !== 'unavailable' ? ({ ...found, error } as AuthState) : found
  }
  const restore = async (error?: LoginFailure) => onState(await restored(error))
  // A page that was frozen when it was left, and is shown again as it was, knows nothing of what happened since.
  const onShownAgain = (hear: (state: Promise<AuthState<Claims>>) => void) =>
    addEventListener('pageshow', ({ persisted }) => persisted && hear(restore()))
  onShownAgain((state) => void state.catch(page.unavailable))

  async function login(
    { display, returnTo, ...request }: BrowserLoginOptions,
    prompt: BrowserLoginOptions['prompt'] | 'none' = request.prompt,
  ): Promise<AuthState<Claims>> {
    const isPopup = display === 'popup'
    const popup = isPopup ? openPopup(page) : undefined
    try {
      const { url, attempt } = await call('start', { ...request, prompt })
      if (popup?.closed) return await restore({ error: 'popup_closed' })
      attempts.keep({ ...attempt, returnTo, isPopup }, popup && (() => popup.sessionStorage))
      const target = popup?.location ?? location
      target.assign(page.requireSecure(url))
      // The user may go back.
      if (!popup) return await new Promise(onShownAgain)
      // The session is in the vault; only how a login failed is not.
      return await restore(await popupFailure(popup, attempt.state))
    } catch (error) {
      popup?.close()
      throw error
    }
  }

  return {
    async handlePage() {
      const { origin, pathname, search } = location
      const query = new URLSearchParams(search)
      const state = query.get('state')
      const isCallback = origin + pathname === redirect.origin + redirect.pathname && (query.has('code') || query.has('error'))
      if (!state || !isCallback) {
        const found = await call('restore')
        if (found.status !== 'anonymous' || settings.silentLogin !== 'redirect') return onState(found)
        // Nobody sees a page for the anonymous before the server has said that the user is one of them.
        return login({ returnTo: pathname + search + location.hash }, 'none').catch((error: BrowserClientError) => {
          if (error.code !== 'storage_unavailable') throw error
          return onState(found)
        })
      }
      // Out of the history before anything else: a reload from here on finds no callback.
      history.replaceState(null, '', redirect.pathname + redirect.search)
      const attempt = attempts.take(state)
      if (!attempt) return restore()
      const isExpired = !(attempt.expiresAt > Date.now())
      const ending = isExpired ? restored({ error: 'login_expired' }) : call('complete', search, attempt)
      // Before the app hears of the user, or of an outage, which are to find it where the user wanted to go.
      const reached = await ending.finally(() => attempt.isPopup || page.goOn(attempt.returnTo))
      if (attempt.isPopup) tellOpener(state, reached)
      return onState(reached)
    },
    login,
    async logout({ returnTo }) {
      const url = await call('logout', location.origin + returnTo)
      if (url) location.assign(page.requireSecure(url))
    },
    getAccessToken: () => call('getAccessToken'),
    fetch: (input, init) => authorizedFetch(call, page, allowedOrigins, input, init),
  }
}
