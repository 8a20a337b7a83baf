import { ConfigurationError, parseSecureUrl } from '@bailiwick/protocol'
import { parseReturnTo } from '../../internal/return-to.js'
import type { AuthState, BrowserLoginOptions } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'
import type { AuthStore, BrowserMode } from '../browser-mode.js'
import { createAttemptStorage } from './attempt-storage.js'
import { authorizedFetch } from './authorized-fetch.js'
import { connectWorker } from './connect-worker.js'
import { openPopup, popupOutcome, tellOpener } from './popup.js'
import type { TokensModeOptions } from './tokens-mode-options.js'

/** Makes the mode in which the page is the client. Its worker does what takes secrets; this does what takes a page. */
export function createTokensMode<Claims>(
  options: TokensModeOptions & { readonly worker: () => Worker },
  store: AuthStore<Claims>,
): BrowserMode<Claims> {
  const { worker, onReturn, ...settings } = options
  const { issuer, clientId, redirectUri, scope = 'openid', allowedOrigins = [] } = settings
  const redirect = new URL(redirectUri)
  if (!parseSecureUrl(issuer) || !clientId || redirect.origin !== location.origin || !scope.split(' ').includes('openid')) {
    throw new ConfigurationError('issuer must be an https URL, redirectUri of this origin, clientId given, and openid in scope.')
  }
  const attempts = createAttemptStorage([issuer, clientId, redirectUri])
  const goOn = onReturn ?? ((path: string) => history.replaceState(null, '', path))
  const onState = (state: AuthState): AuthState<Claims> => {
    const before = store.getState()
    // The same object until something changes. What the claims are, the app has said.
    return JSON.stringify(state) === JSON.stringify(before) ? before : store.setState(state as AuthState<Claims>)
  }
  const call = connectWorker(worker, settings, onState)
  const restore = async () => onState(await call('restore'))
  // A page that was frozen when it was left knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => persisted && void restore())
  let handling: Promise<AuthState<Claims>> | undefined

  async function handlePage(): Promise<AuthState<Claims>> {
    const { origin, pathname, search } = location
    const query = new URLSearchParams(search)
    const state = query.get('state')
    const isCallback = origin + pathname === redirect.origin + redirect.pathname && (query.has('code') || query.has('error'))
    if (!state || !isCallback) {
      const found = await restore()
      return found.status === 'anonymous' && settings.silentLogin === 'redirect' ? login({}, 'none') : found
    }
    // Out of the history before anything else: a reload from here on finds no callback.
    history.replaceState(null, '', redirect.pathname + redirect.search)
    const attempt = attempts.take(state)
    if (!attempt) return restore()
    const reached = onState(await call('complete', search, attempt))
    if (attempt.isPopup) tellOpener(state, reached as AuthState)
    else goOn((typeof attempt.returnTo === 'string' && parseReturnTo(attempt.returnTo)) || '/')
    return reached
  }

  async function login(
    { display, returnTo, ...request }: BrowserLoginOptions,
    prompt: BrowserLoginOptions['prompt'] | 'none' = request.prompt,
  ): Promise<AuthState<Claims>> {
    const path = returnTo === undefined ? location.pathname + location.search + location.hash : requirePath(returnTo)
    const isPopup = display === 'popup'
    const popup = isPopup ? openPopup() : undefined
    try {
      const { url, attempt } = await call('start', { ...request, prompt })
      attempts.keep({ ...attempt, returnTo: path, isPopup }, popup && (() => popup.sessionStorage))
      if (!popup) {
        location.assign(requireSecure(url))
        return await new Promise(() => {})
      }
      popup.location.replace(requireSecure(url))
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
    handlePage: () => (handling ??= handlePage().finally(() => (handling = undefined))),
    login: (input = {}) => login(input),
    async logout({ returnTo = '/' } = {}) {
      const url = await call('logout', location.origin + requirePath(returnTo))
      onState({ status: 'anonymous' })
      if (url) location.assign(requireSecure(url))
    },
    getAccessToken: () => call('getAccessToken'),
    fetch: (input, init) => authorizedFetch(call, allowedOrigins, input, init),
  }
}

function requirePath(returnTo: string): string {
  const path = parseReturnTo(returnTo)
  if (path === undefined) throw new ConfigurationError('returnTo must be a path of this origin.')
  return path
}

/** The server names its endpoints, and a `javascript:` among them must not run here. */
function requireSecure(url: string): string {
  if (!parseSecureUrl(url)) throw new BrowserClientError('unavailable', 'The server has an endpoint that is no https URL.')
  return url
}
