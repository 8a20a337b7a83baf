import type { AuthState, LoginFailure, UserClaims } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'
import type { BrowserPage } from '../browser-mode.js'
import { type AskTokenHandler, type TokenHandlerAnswer, unavailable } from './token-handler.js'

/** The session that the token handler keeps, as far as a page can see it. */
export interface HandlerSession<Claims> {
  /** Asks whether there is a session. During an outage, nobody is logged out. */
  restore(failure?: LoginFailure | false): Promise<AuthState<Claims>>
  /** Takes the session that an answer tells of (without one: that there is none), and tells the other tabs of it. */
  set(answer?: TokenHandlerAnswer): AuthState<Claims>
  /** How often the access has been renewed, here or elsewhere, as far as this tab has heard. */
  generation(): number
  /**
   * Has the access renewed, once for all tabs and all who wait: whoever finds that it has been since generation `seen` goes on with that.
   *
   * @throws {BrowserClientError} `no_session`, `unavailable`
   */
  renew(seen: number): Promise<void>
}

const nobody: TokenHandlerAnswer = { status: 401, members: {} }

/** Two readings of one expiry differ by how long the answers took, and are in whole seconds. */
const toleranceMs = 5000

/** Makes the session of one token handler, which tabs share by this name. */
export function createHandlerSession<Claims>(name: string, ask: AskTokenHandler, page: BrowserPage<Claims>): HandlerSession<Claims> {
  type News = readonly [expiresAt: number, state?: AuthState<Claims>]
  /** Milliseconds since the epoch; `NaN` if nobody has said. */
  let expiresAt = Number.NaN
  let generation = 0
  let renewing: Promise<void> | undefined
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data: [expiry, state] }: MessageEvent<News>) => {
    expiresAt = expiry
    generation++
    if (state) page.setState(state)
  }

  function tell(...news: News): void {
    generation++
    channel.postMessage(news)
  }

  function read({ status, members }: TokenHandlerAnswer): AuthState<Claims> {
    const user = members['id_token_claims'] as UserClaims | undefined
    readExpiry(members)
    if (status === 401 || members['is_logged_in'] === false) return { status: 'anonymous' }
    // What the claims are, the app has said.
    return user?.sub ? { status: 'authenticated', user: user as Claims } : unknown()
  }

  function unknown(): AuthState<Claims> {
    const { user } = page.getState() as { readonly user?: Claims }
    return { status: 'unavailable', user }
  }

  function readExpiry(members: TokenHandlerAnswer['members']): void {
    expiresAt = Date.now() + Number(members['access_token_expires_in']) * 1000
  }

  async function restore(failure?: LoginFailure | false): Promise<AuthState<Claims>> {
    const before = page.getState()
    const state = read(await ask('session'))
    // The answer may be of before a login or a logout in another tab.
    if (before !== page.getState()) return restore(failure)
    return page.setState(failure ? ({ ...state, error: failure } as AuthState<Claims>) : state)
  }

  function set(answer = nobody): AuthState<Claims> {
    const state = read(answer)
    tell(expiresAt, state)
    return page.setState(state)
  }

  async function renew(seen: number): Promise<void> {
    const expiry = expiresAt
    // Another tab may have been here before the lock was given: then the session says so, if its news is still under way.
    if (seen === generation) await restore()
    if (seen !== generation || expiresAt > expiry + toleranceMs) return
    if (page.getState().status !== 'anonymous') {
      const { failure, status, members } = await ask('refresh', '')
      if (!failure) {
        readExpiry(members)
        return tell(expiresAt)
      }
      if (status !== 401) throw unavailable()
      set()
    }
    throw new BrowserClientError('no_session')
  }

  return {
    set,
    generation: () => generation,
    restore: (failure) => restore(failure).catch(() => page.setState(unknown())),
    renew: (seen) => (renewing ??= navigator.locks.request(name, () => renew(seen)).finally(() => (renewing = undefined))),
  }
}
