import { ConfigurationError } from '@bailiwick/protocol'
import type { AuthState, BrowserLoginOptions } from '../browser-client.js'
import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { createAttemptStorage } from './attempt-storage.js'
import { authorizedFetch } from './authorized-fetch.js'
import { connectWorker } from './connect-worker.js'
import { openPopup, popupOutcome, tellOpener } from './popup.js'
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
    throw new ConfigurationError('redirectUri must be of this origin, clientId given, and openid in scope.')
  }
  const attempts = createAttemptStorage([issuer, clientId, redirectUri])
  // What the claims are, the app has said.
  const onState = (state: AuthState) => page.setState(state as AuthState<Claims>)
  const call = connectWorker(worker, settings, onState)
  const restore = async () => onState(await call('restore'))
  // A page that was frozen when it was left knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => persisted && void restore())

  async function login(
    { display, returnTo, ...request }: BrowserLoginOptions,
    prompt: BrowserLoginOptions['prompt'] | 'none' = request.prompt,
  ): Promise<AuthState<Claims>> {
    const isPopup = display === 'popup'
    const popup = isPopup ? openPopup() : undefined
    try {
      const { url, attempt } = await call('start', { ...request, prompt })
      attempts.keep({ ...attempt, returnTo, isPopup }, popup && (() => popup.sessionStorage))
      const target = popup?.location ?? location
      target.assign(page.requireSecure(url))
      if (!popup) return await new Promise(() => {})
      const reached = await popupOutcome(popup, attempt.state)
      // The session is in the vault; only how a login failed is not.
      const found = await restore()
      const error = reached ? 'error' in reached && reached.error : { error: 'popup_closed' }
      return error && found.status === 'anonymous' ? onState({ ...found, error }) : found
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
        // Nobody sees a page for the anonymous before the server has said that the user is one of them.
        return found.status === 'anonymous' && settings.silentLogin === 'redirect'
          ? login({ returnTo: pathname + search + location.hash }, 'none')
          : onState(found)
      }
      // Out of the history before anything else: a reload from here on finds no callback.
      history.replaceState(null, '', redirect.pathname + redirect.search)
      const attempt = attempts.take(state)
      if (!attempt) return restore()
      const reached = await call('complete', search, attempt)
      if (attempt.isPopup) tellOpener(state, reached)
      else page.goOn(attempt.returnTo)
      // Last, so that what the app shows to the user is shown where they wanted to go.
      return onState(reached)
    },
    login,
    async logout({ returnTo }) {
      const url = await call('logout', location.origin + returnTo)
      onState({ status: 'anonymous' })
      if (url) location.assign(page.requireSecure(url))
    },
    getAccessToken: () => call('getAccessToken'),
    fetch: (input, init) => authorizedFetch(call, allowedOrigins, input, init),
  }
}
