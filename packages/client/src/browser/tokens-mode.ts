import { formatPath, parseReturnTo } from '../internal/return-to.js'
import type { AuthState, BrowserClient, BrowserLoginOptions, LoginFailure } from './browser-client.js'
import type { BrowserClientErrorClass, BrowserMode, ConfigurationErrorClass, SetState } from './browser-mode.js'
import { openPopup, popupFailure, tellOpener } from './popup.js'
import { createAttemptStorage } from './tokens/attempt-storage.js'
import { authorizedFetch } from './tokens/authorized-fetch.js'
import { connectWorker } from './tokens/connect-worker.js'
import { readRedirectUri } from './tokens/redirect-uri.js'
import type { TokensModeOptions } from './tokens/tokens-mode-options.js'

/** Makes the mode in which the page is the client. Its worker does what takes secrets; this does what takes a page. */
export function createMode<Claims>(
  options: TokensModeOptions,
  handlePage: BrowserClient<Claims>['handlePage'],
  setState: SetState<Claims>,
  requireSecure: (url: string | undefined) => string,
  BrowserClientError: BrowserClientErrorClass,
  ConfigurationError: ConfigurationErrorClass,
): BrowserMode<Claims> {
  const { worker = startWorker, onReturn = (path: string) => history.replaceState(null, '', path), ...settings } = options
  const { issuer, clientId, redirectUri, resource = [], allowedOrigins = [], timeoutMs = 10_000 } = settings
  const redirect = readRedirectUri(settings, ConfigurationError)
  const attempts = createAttemptStorage([issuer, clientId, redirectUri, resource].flat(), BrowserClientError)
  /** Hears with which state the user went back from the login that this page was left for. */
  let left: ((state: AuthState<Claims>) => void) | undefined
  // What the claims are, the app has said.
  const onState = (state: AuthState) => setState(state as AuthState<Claims>)
  const call = connectWorker(worker, settings, BrowserClientError, onState)
  /** What another page has done may not have been heard of. A server that cannot be asked has said nothing of a login. */
  async function restored(error?: LoginFailure): Promise<AuthState> {
    const found = await call('restore', true)
    return error && found.status !== 'unavailable' ? ({ ...found, error } as AuthState) : found
  }
  const restore = async (error?: LoginFailure) => onState(await restored(error))
  // A page that was frozen when it was left, and is shown again as it was, knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted)
      void restore()
        .catch(() => setState())
        .then(left)
  })

  async function login(
    { display, returnTo, ...request }: BrowserLoginOptions,
    prompt: BrowserLoginOptions['prompt'] | 'none' = request.prompt,
  ): Promise<AuthState<Claims>> {
    if (returnTo !== undefined) requirePath(returnTo)
    const isPopup = display === 'popup'
    const popup = isPopup ? openPopup(BrowserClientError) : undefined
    try {
      const { url, attempt } = await call('start', { ...request, prompt })
      if (popup?.closed) return await restore({ error: 'popup_closed' })
      const target = requireSecure(url)
      attempts.keep({ ...attempt, returnTo: returnTo ?? formatPath(location), isPopup }, popup && (() => popup.sessionStorage))
      const leaving = popup ?? self
      leaving.location.href = target
      if (!popup) return await new Promise((resolve) => (left = resolve))
      // The session is in the vault; only how a login failed is not.
      return await restore(await popupFailure(popup, attempt.state))
    } catch (error) {
      popup?.close()
      throw error
    }
  }

  function requirePath(returnTo: string): string {
    const path = parseReturnTo(returnTo)
    if (path === undefined) throw new ConfigurationError('returnTo must be a path of this origin.')
    return path
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
        // Nobody sees a page for the anonymous before the server has said that the user is one of them; or has not sent the browser anywhere in time.
        return Promise.race([login({}, 'none'), new Promise((resolve) => setTimeout(resolve, timeoutMs)).then(() => restore())]).catch(
          (error: InstanceType<BrowserClientErrorClass>) => {
            if (error.code !== 'storage_unavailable') throw error
            return onState(found)
          },
        )
      }
      // Out of the history before anything else: a reload from here on finds no callback.
      history.replaceState(null, '', redirect.pathname + redirect.search)
      const attempt = attempts.take(state)
      if (!attempt) return restore()
      const isExpired = !(attempt.expiresAt > Date.now())
      const ending = isExpired ? restored({ error: 'login_expired' }) : call('complete', search, attempt)
      // Before the app hears of the user, or of an outage, which are to find it where the user wanted to go.
      const reached = await ending.finally(() => attempt.isPopup || onReturn(parseReturnTo(attempt.returnTo as string) ?? '/'))
      if (attempt.isPopup) tellOpener(state, (reached as { readonly error?: LoginFailure }).error)
      return onState(reached)
    },
    login: (request = {}) => login(request),
    async logout({ returnTo = '/' } = {}) {
      const url = await call('logout', location.origin + requirePath(returnTo))
      if (url) location.href = requireSecure(url)
    },
    getAccessToken: () => call('getAccessToken'),
    fetch: (input, init) => authorizedFetch(call, BrowserClientError, allowedOrigins, input, init),
  }
}

// Bundlers resolve it from the file that it stands in, which is built beside the worker's.
const startWorker = () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
