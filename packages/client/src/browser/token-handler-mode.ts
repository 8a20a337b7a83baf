import { formatPath, parseReturnTo } from '../internal/return-to.js'
import type { AuthState, BrowserClient, LoginFailure } from './browser-client.js'
import type { BrowserClientErrorClass, BrowserMode, ConfigurationErrorClass, SetState } from './browser-mode.js'
import { openPopup, popupFailure, tellOpener } from './popup.js'
import { readStepUp } from './token-handler/api-challenge.js'
import { loginForm } from './token-handler/login-form.js'
import { connectTokenHandler, type TokenHandlerAnswer, withCookies } from './token-handler/token-handler.js'
import type { TokenHandlerModeOptions } from './token-handler/token-handler-mode-options.js'

/** Makes the mode in which the page holds no tokens: of the session that the token handler keeps, it knows what it is told. */
export function createMode<Claims>(
  options: TokenHandlerModeOptions,
  handlePage: BrowserClient<Claims>['handlePage'],
  setState: SetState<Claims>,
  requireSecure: (url: string | undefined) => string,
  BrowserClientError: BrowserClientErrorClass,
  ConfigurationError: ConfigurationErrorClass,
): BrowserMode<Claims> {
  const { tokenHandlerUrl, allowedOrigins = [], onReturn = (path: string) => history.replaceState(null, '', path) } = options
  /** Of the lock and the channel that tabs share, and of what a tab keeps of a login that it has begun. */
  const name = `bailiwick ${tokenHandlerUrl}`
  const ask = connectTokenHandler(options, name, BrowserClientError)
  /** Hears with which state the user went back from the login that this page was left for. */
  let left: ((state: AuthState<Claims>) => void) | undefined
  let known: TokenHandlerAnswer | undefined
  /** Not before it is known: nothing is later than that. */
  let expirySeconds: number
  /** It counts whenever the access has changed, as far as this tab has heard. */
  let version = 0
  /** Who is logged in; `null` for nobody, as far as is known. */
  let sub: string | null | undefined

  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<TokenHandlerAnswer>) => {
    version++
    take(data)
  }
  // A page that was frozen when it was left knows nothing of what happened since.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void restore().then(left)
  })

  function take(answer: TokenHandlerAnswer, error?: LoginFailure): AuthState<Claims> {
    known = answer
    const next = Date.now() / 1000 + Number(answer.access_token_expires_in)
    // Another tab has had it renewed, and its news is still under way. Two readings of one expiry differ by how long the answers took, and are in
    // whole seconds: less than five of them.
    if (next > expirySeconds + 5) version++
    expirySeconds = next
    const { status, is_logged_in: isLoggedIn, id_token_claims: user } = answer
    if (status === 401 || isLoggedIn === false) {
      sub = null
      return setState({ status: 'anonymous', error })
    }
    if (!isLoggedIn || typeof user?.sub !== 'string') return setState()
    sub = user.sub
    // What the claims are, the app has said.
    return setState({ status: 'authenticated', user: user as Claims, error })
  }

  async function check(failure?: LoginFailure): Promise<AuthState<Claims>> {
    const before = known
    const answer = await ask('session')
    // The answer may be of before a login or a logout, here or in another tab.
    return before === known ? take(answer, failure) : check(failure)
  }

  /** Asks whether there is a session. During an outage, nobody is logged out. */
  const restore = (failure?: LoginFailure) => check(failure).catch(() => setState())

  /** Takes the session that an answer tells of, and tells the other tabs of it. */
  function tell(answer: TokenHandlerAnswer): AuthState<Claims> {
    channel.postMessage(answer)
    version++
    return take(answer)
  }

  async function send(request: Request): Promise<Response> {
    if (!allowedOrigins.includes(new URL(request.url).origin)) throw new BrowserClientError('origin_not_allowed')
    // Or nobody could tell later for whom the request was.
    if (sub === undefined) await handlePage()
    const refused = version
    const before = sub
    for (let isRenewed; ; isRenewed = true) {
      const response = await fetch(request.clone())
      const stepUp = readStepUp(response)
      if (stepUp) throw new BrowserClientError('step_up_required', undefined, stepUp)
      if (response.status !== 401 || isRenewed) return response
      // Renewed once for all tabs and all who wait: whoever finds that it has changed since, here or elsewhere, goes on with that.
      const answer = await ask('refresh', {}, async () => {
        if (refused === version) await check()
        return refused !== version || sub === null
      })
      if (answer.status) tell({ ...known, ...answer })
      if (sub === null) throw new BrowserClientError('no_session')
      // What one user asked for is not asked for again as another.
      if (!sub || before !== sub) return response
    }
  }

  function requirePath(returnTo = '/'): void {
    if (!parseReturnTo(returnTo)) throw new ConfigurationError('returnTo must be a path.')
  }

  return {
    async handlePage() {
      const { search } = location
      // With a code or an error, or (JARM) signed and alone.
      if (!/^(?=.*[?&]state=).*[?&](code|error)=|^\?response=[^&]*$/.test(search)) return restore()
      // In a tab that has begun no login it is no callback, stays as it is, and spends no login that another tab has begun.
      let begun: string | undefined = ''
      try {
        begun = sessionStorage[name] as string | undefined
        delete sessionStorage[name]
      } catch {
        // Where the browser stores nothing nobody can tell, and the token handler is asked.
      }
      if (begun === undefined) return restore()
      // Out of the history before anything else: a reload from here on finds no callback.
      history.replaceState(null, '', location.href.split('?')[0])
      const answer = await ask('login/end', search).catch((): TokenHandlerAnswer => ({ error_code: 'login_failed' }))
      const { error_code: error, detailed_error: description } = answer
      const failure = begun && error ? { error, description } : undefined
      // Before the app hears of the user, who is to find what they came for.
      if (begun.startsWith('/')) onReturn(parseReturnTo(begun) ?? '/')
      else if (begun) tellOpener(begun, failure)
      return answer.is_logged_in ? tell(answer) : restore(failure)
    },
    async login({ display, returnTo, ...request } = {}) {
      requirePath(returnTo)
      const popup = display === 'popup' && openPopup(BrowserClientError)
      try {
        const id = crypto.randomUUID()
        const { authorization_url: url } = await ask('login/start', loginForm(request, options.scope))
        const leaving = popup || self
        leaving.location.href = requireSecure(url)
        try {
          leaving.sessionStorage[name] = popup ? id : (returnTo ?? formatPath(location))
        } catch {
          // Where the browser stores nothing, logins work nevertheless, and end where the server sends the browser to.
        }
        return popup ? restore(await popupFailure(popup, id)) : new Promise((resolve) => (left = resolve))
      } catch (error) {
        if (popup) popup.close()
        throw error
      }
    },
    /** Without an answer it rejects: cookies that no script can read, no script can remove. */
    async logout({ returnTo } = {}) {
      requirePath(returnTo)
      const { logout_url: url } = await ask('logout', {})
      tell({ is_logged_in: false })
      if (url) location.href = requireSecure(url)
    },
    async getAccessToken() {
      throw new BrowserClientError('no_tokens')
    },
    async fetch(input, init) {
      const request = withCookies(input, init)
      const { signal } = request
      signal.throwIfAborted()
      return new Promise<Response>((resolve, reject) => {
        // Who waits no longer is heard also while nothing is sent to the API.
        signal.onabort = () => reject(signal.reason)
        send(request).then(resolve, reject)
        // A signal that lives on keeps no request's.
      }).finally(() => (signal.onabort = null))
    },
  }
}
