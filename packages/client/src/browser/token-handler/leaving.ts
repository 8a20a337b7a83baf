import type { AuthState, BrowserLoginOptions, LoginFailure } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'
import type { BrowserMode, BrowserPage } from '../browser-mode.js'
import { openPopup, popupOutcome, tellOpener } from '../tokens/popup.js'
import type { HandlerSession } from './handler-session.js'
import type { AskTokenHandler } from './token-handler.js'

/** What the mode hands to what is loaded later. */
export interface Leaving<Claims> {
  /** What this tab keeps a begun login under, and of the lock that tabs share. */
  readonly name: string
  readonly scope: string | undefined
  readonly ask: AskTokenHandler
  readonly session: HandlerSession<Claims>
  readonly page: BrowserPage<Claims>
}

/** Sends the browser to log in. Loaded when somebody does: it is the page's way out. */
export async function login<Claims>(
  { name, scope, ask, session, page }: Leaving<Claims>,
  { display, returnTo, ...request }: Parameters<BrowserMode<Claims>['login']>[0],
): Promise<AuthState<Claims>> {
  const popup = display === 'popup' ? openPopup() : undefined
  try {
    const { members } = await ask('login/start', loginForm(request, scope))
    const url = page.requireSecure(String(members['authorization_url']))
    const id = crypto.randomUUID()
    keep(name, popup ? id : returnTo, popup && (() => popup.sessionStorage))
    if (popup) popup.location.replace(url)
    else location.assign(url)
    return await (popup ? session.restore(popupFailure(await popupOutcome(popup, id))) : new Promise(() => {}))
  } catch (error) {
    popup?.close()
    throw error
  }
}

/** Ends the session, and sends the browser to the server if that has one too. Without an answer, nobody is logged out. */
export async function logout({ name, ask, session, page }: Leaving<unknown>): Promise<void> {
  // After a renewal that is under way in any tab: its answer would bring the cookies back.
  const { failure, status, members } = await navigator.locks.request(name, () => ask('logout', ''))
  if (failure && status !== 401) throw new BrowserClientError('unavailable')
  session.set()
  const url = members['logout_url']
  if (typeof url === 'string') location.assign(page.requireSecure(url))
}

/** Ends a login in this popup: its opener goes on. */
export function endInPopup(id: string, reached: AuthState<unknown>): void {
  tellOpener(id, reached as AuthState)
}

function loginForm({ scope, acrValues, maxAgeSeconds, loginHint, prompt }: BrowserLoginOptions, usualScope = ''): Record<string, string> {
  const wanted = new Set(`${usualScope} ${scope ?? ''}`.split(' ').filter(Boolean))
  return {
    ...(wanted.size > 0 && { scope: [...wanted].join(' ') }),
    ...(acrValues && { acr_values: acrValues.join(' ') }),
    ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }),
    ...(loginHint && { login_hint: loginHint }),
    ...(prompt && { prompt }),
  }
}

/** Where the browser stores nothing, logins work nevertheless, and end where the server sends the browser to. */
function keep(name: string, begun: string, storage = () => sessionStorage): void {
  try {
    storage().setItem(name, begun)
  } catch {
    // As said above.
  }
}

function popupFailure(reached: AuthState | undefined): LoginFailure | undefined {
  if (reached === undefined) return { error: 'popup_closed' }
  return 'error' in reached ? reached.error : undefined
}
