import type { AuthState, BrowserLoginOptions } from '../browser-client.js'
import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { openPopup, popupFailure, tellOpener } from '../popup.js'
import type { HandlerSession } from './handler-session.js'
import type { AskTokenHandler, TokenHandlerAnswer } from './token-handler.js'
import type { TokenHandlerModeOptions } from './token-handler-mode-options.js'

/** One tab, as far as a login has to know it. What the login itself needs, the token handler keeps. */
export interface HandlerTab<Claims> {
  /** What the tab keeps of a login that it has begun under: the path to go on at or, for a popup, the channel to tell its opener on. */
  readonly name: string
  readonly options: Pick<TokenHandlerModeOptions, 'scope'>
  readonly ask: AskTokenHandler
  readonly session: HandlerSession<Claims>
  readonly page: BrowserPage<Claims>
}

/** Sends the browser, or a popup, to log in. */
export async function startLogin<Claims>(
  { name, options, ask, session, page }: HandlerTab<Claims>,
  { display, returnTo, ...request }: Parameters<BrowserMode<Claims>['login']>[0],
): Promise<AuthState<Claims>> {
  const popup = display === 'popup' ? openPopup(page) : undefined
  try {
    const { authorization_url: target = '' } = await ask('login/start', loginForm(request, options.scope))
    const url = page.requireSecure(target)
    const leaving = popup ?? globalThis
    const id = crypto.randomUUID()
    // Where the browser stores nothing, logins work nevertheless, and end where the server sends the browser to.
    stored(() => leaving.sessionStorage.setItem(name, popup ? id : returnTo))
    leaving.location.assign(url)
    // The user may go back.
    if (!popup) {
      return await new Promise((resolve) => addEventListener('pageshow', ({ persisted }) => persisted && resolve(session.restore())))
    }
    return await session.restore(await popupFailure(popup, id))
  } catch (reason) {
    popup?.close()
    throw reason
  }
}

/**
 * Ends a login, if the page is a callback: with a `state` or a `response` it may be. In a tab that has begun no login it is none: it stays as it is, and spends no login that another
 * tab has begun. Where the browser stores nothing nobody can tell, and the token handler is asked.
 */
export async function endLogin<Claims>({ name, ask, session, page }: HandlerTab<Claims>): Promise<AuthState<Claims>> {
  const { search, href } = location
  // With a code or an error, or (JARM) signed and alone.
  if (!/^(?=.*[?&]state=).*[?&](code|error)=|^\?response=[^&]*$/.test(search)) return session.restore()
  const begun = stored(() => {
    const kept = sessionStorage.getItem(name)
    sessionStorage.removeItem(name)
    return kept
  })
  if (begun === null) return session.restore()
  // Out of the history before anything else: a reload from here on finds no callback.
  history.replaceState(null, '', href.split('?')[0])
  const answer = await ask('login/end', search).catch((): TokenHandlerAnswer => ({ error_code: 'login_failed' }))
  const { error_code: error = '', detailed_error: description } = answer
  const isPath = begun?.startsWith('/')
  // Before the app hears of the user, who is to find what they came for.
  if (isPath) page.goOn(begun)
  const failure = begun && error ? { error, description } : undefined
  const reached = answer.is_logged_in ? session.tell(answer) : await session.restore(failure)
  if (begun && !isPath) tellOpener(begun, reached as AuthState)
  return reached
}

/** Ends the session. Without an answer it rejects: cookies that no script can read, no script can remove. */
export async function logout<Claims>({ ask, session, page }: HandlerTab<Claims>): Promise<void> {
  const { logout_url: url } = await ask('logout', {})
  session.tell({ is_logged_in: false })
  if (url) location.assign(page.requireSecure(url))
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

/** Uses the storage; `undefined` where the browser has shut it, or it is full. */
function stored<Result>(use: () => Result): Result | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
