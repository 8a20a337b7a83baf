import type { AuthState, BrowserLoginOptions, LoginFailure } from '../browser-client.js'
import type { BrowserClientError } from '../browser-client-error.js'
import type { BrowserMode, BrowserPage } from '../browser-mode.js'
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
  const restore = async (failure?: LoginFailure | false) => onState(withFailure(await call('restore', true), failure))
  // A page that was frozen when it was left, and is shown again as it was, knows nothing of what happened since.
  const onShownAgain = (hear: (state: Promise<AuthState<Claims>>) => void) =>
    addEventListener('pageshow', ({ persisted }) => persisted && hear(restore()))
  onShownAgain(() => {})

  async function login(
    { display, returnTo, ...request }: BrowserLoginOptions,
    prompt: BrowserLoginOptions['prompt'] | 'none' = request.prompt,
  ): Promise<AuthState<Claims>> {
    const isPopup = display === 'popup'
    const popup = isPopup ? page.openPopup() : undefined
    try {
      const { url, attempt } = await call('start', { ...request, prompt })
      attempts.keep({ ...attempt, returnTo, isPopup }, popup && (() => popup.sessionStorage))
      const target = popup?.location ?? location
      target.assign(page.requireSecure(url))
      // The user may go back.
      if (!popup) return await new Promise(onShownAgain)
      const reached = await page.popupOutcome(popup, attempt.state)
      // The session is in the vault; only how a login failed is not.
      return await restore(reached ? 'error' in reached && reached.error : { error: 'popup_closed' })
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
      const reached =
        attempt.expiresAt > Date.now()
          ? await call('complete', search, attempt)
          : withFailure(await call('restore'), { error: 'login_expired' })
      if (attempt.isPopup) page.tellOpener(state, reached)
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
    fetch: (input, init) => authorizedFetch(call, page, allowedOrigins, input, init),
  }
}

/** A server that cannot be asked has said nothing of a login. */
function withFailure(state: AuthState, error: LoginFailure | false | undefined): AuthState {
  return error && state.status !== 'unavailable' ? ({ ...state, error } as AuthState) : state
}
