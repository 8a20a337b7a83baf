import type { AuthState, LoginFailure, UserClaims } from '../browser-client.js'
import type { BrowserPage } from '../browser-mode.js'
import type { AskTokenHandler, TokenHandlerAnswer } from './token-handler.js'

/** The session that the token handler keeps, as far as a page can see it. */
export interface HandlerSession<Claims> {
  /** Asks whether there is a session. During an outage, nobody is logged out. */
  restore(failure?: LoginFailure | false): Promise<AuthState<Claims>>
  /** Takes the session that an answer tells of (without one: that there is none), and tells the other tabs of it. */
  set(answer?: TokenHandlerAnswer): AuthState<Claims>
  /** As `restore`, but during an outage it rejects. */
  check(): Promise<AuthState<Claims>>
  /** Takes what `refresh` answered, and tells the other tabs of it. */
  renewed(answer: TokenHandlerAnswer): void
  /** How often the access has been renewed, here or elsewhere, as far as this tab has heard. */
  generation(): number
  /** Until when the access is good, in milliseconds since the epoch; `NaN` if nobody has said. */
  expiresAt(): number
}

const nobody: TokenHandlerAnswer = { status: 401, members: {} }

/** Makes the session of one token handler, which tabs share by this name. */
export function createHandlerSession<Claims>(name: string, ask: AskTokenHandler, page: BrowserPage<Claims>): HandlerSession<Claims> {
  type News = readonly [expiresAt: number, state?: AuthState<Claims>]
  let expiresAt = Number.NaN
  let generation = 0
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
    return members['is_logged_in'] && typeof user?.sub === 'string' ? { status: 'authenticated', user: user as Claims } : unknown()
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

  return {
    set,
    check: () => restore(),
    restore: (failure) => restore(failure).catch(() => page.setState(unknown())),
    renewed({ members }) {
      readExpiry(members)
      tell(expiresAt)
    },
    generation: () => generation,
    expiresAt: () => expiresAt,
  }
}
