import { ConfigurationError, parseSecureUrl } from '@bailiwick/protocol'
import { parseReturnTo } from '../../internal/return-to.js'
import type { AuthState, BrowserLoginOptions } from '../browser-client.js'
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
  const { issuer, clientId, redirectUri, scope = 'openid', resource = [], allowedOrigins = [] } = options
  const redirect = new URL(redirectUri)
  if (!parseSecureUrl(issuer) || !clientId || redirect.origin !== location.origin || !scope.split(' ').includes('openid')) {
    throw new ConfigurationError('issuer is no https URL, clientId is missing, redirectUri is not of this origin, or scope lacks openid.')
  }
  const attempts = createAttemptStorage([issuer, clientId, redirectUri])
  const goOn = options.onReturn ?? ((path: string) => history.replaceState(null, '', path))
  const onState = (state: AuthState): AuthState<Claims> => {
    const before = store.getState()
    // The same object until something changes. What the claims are, the app has said.
    return JSON.stringify(state) === JSON.stringify(before) ? before : store.setState(state as AuthState<Claims>)
  }
  const call = connectWorker(
    options.worker,
    {
      issuer,
      clientId,
      redirectUri,
      scope,
      resource: [resource].flat(),
      keepsRefreshToken: options.refreshToken !== 'none',
      dpop: options.dpop ?? 'when-supported',
      timeoutMs: options.timeoutMs ?? 10_000,
    },
    onState,
  )
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
      return found.status === 'anonymous' && options.silentLogin === 'redirect' ? login({}, 'none') : found
    }
    // Out of the history before anything else: a reload from here on finds no callback.
    history.replaceState(null, '', redirect.pathname + redirect.search)
    const attempt = attempts.take(state)
    if (!attempt) return restore()
    const reached = onState(await call('complete', search, attempt))
    if (attempt.isPopup) tellOpener(state, reached as AuthState)
    else goOn(parseReturnTo(attempt.returnTo) ?? '/')
    return reached
  }

  async function login(
    { display, returnTo, ...request }: BrowserLoginOptions,
    prompt: BrowserLoginOptions['prompt'] | 'none' = request.prompt,
  ): Promise<AuthState<Claims>> {
    const path = returnTo === undefined ? location.pathname + location.search + location.hash : parseReturnTo(returnTo)
    if (path === undefined) throw new ConfigurationError('returnTo must be a path of this origin.')
    const isPopup = display === 'popup'
    const popup = isPopup ? openPopup() : undefined
    try {
      const { url, attempt } = await call('start', { ...request, prompt })
      attempts.keep({ ...attempt, returnTo: path, isPopup }, popup && (() => popup.sessionStorage))
      if (!popup) {
        location.assign(url)
        return await new Promise(() => {})
      }
      popup.location.replace(url)
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
      const path = parseReturnTo(returnTo)
      if (path === undefined) throw new ConfigurationError('returnTo must be a path of this origin.')
      const url = await call('logout', location.origin + path)
      onState({ status: 'anonymous' })
      if (url) location.assign(url)
    },
    getAccessToken: () => call('getAccessToken'),
    fetch: (input, init) => authorizedFetch(call, allowedOrigins, input, init),
  }
}
