import type { AuthState, LoginFailure, UserClaims } from '../browser-client.js'
import type { BrowserPage } from '../browser-mode.js'
import type { AskTokenHandler, TokenHandlerAnswer } from './token-handler.js'

/** The session that the token handler keeps, as far as a page can see it. */
export interface HandlerSession<Claims> {
  /** Asks whether there is a session. During an outage, nobody is logged out. */
  restore(failure?: LoginFailure): Promise<AuthState<Claims>>
  /** Takes the session that an answer tells of, and tells the other tabs of it. */
  tell(answer: TokenHandlerAnswer): AuthState<Claims>
  /**
   * Begins a request. A page that does not know yet who is logged in finds out first, or nobody could tell later for whom the request was.
   *
   * What it gives has the access that requests have now renewed, when it turns out to be refused: once for all tabs and all who wait, so that
   * whoever finds that it has changed since, here or elsewhere, goes on with that. That gives whether it still is of the same user, which it is not if nobody knew who that was.
   *
   * @throws {BrowserClientError} when it renews: `no_session`, `unavailable`
   */
  begin(): Promise<() => Promise<boolean>>
}

/** Makes the session of one token handler, which tabs share by the name of a channel. */
export function createHandlerSession<Claims>(
  name: string,
  ask: AskTokenHandler,
  { handlePage, getState, setState, unavailable, error }: BrowserPage<Claims>,
): HandlerSession<Claims> {
  let known: TokenHandlerAnswer = {}
  let expirySeconds = Infinity
  /** It counts whenever the access has changed, as far as this tab has heard. */
  let version = 0
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<TokenHandlerAnswer>) => {
    version++
    take(data)
  }

  function take(answer: TokenHandlerAnswer, failure?: LoginFailure): AuthState<Claims> {
    known = answer
    const next = Date.now() / 1000 + Number(answer.access_token_expires_in)
    // Another tab has had it renewed, and its news is still under way. Two readings of one expiry differ by how long the answers took, and are in
    // whole seconds: less than five of them.
    if (next > expirySeconds + 5) version++
    expirySeconds = next
    const { status, is_logged_in: isLoggedIn, id_token_claims: claims } = answer
    if (status === 401 || isLoggedIn === false) return setState({ status: 'anonymous', error: failure })
    const user = claims as UserClaims | undefined
    if (!isLoggedIn || typeof user?.sub !== 'string') return unavailable()
    // What the claims are, the app has said.
    return setState({ status: 'authenticated', user: user as Claims, error: failure })
  }

  const userId = () => (getState() as { readonly user?: UserClaims }).user?.sub

  async function check(failure?: LoginFailure): Promise<AuthState<Claims>> {
    const before = known
    const answer = await ask('session')
    // The answer may be of before a login or a logout, here or in another tab.
    return before === known ? take(answer, failure) : check(failure)
  }

  function tell(answer: TokenHandlerAnswer): AuthState<Claims> {
    version++
    channel.postMessage(answer)
    return take(answer)
  }

  return {
    tell,
    restore: (failure) => check(failure).catch(unavailable),
    async begin() {
      if (!userId() && getState().status !== 'anonymous') await handlePage()
      const refused = version
      const sub = userId()
      return async () => {
        const answer = await ask('refresh', {}, async () => {
          if (refused === version) await check()
          return refused === version && getState().status !== 'anonymous'
        })
        if (answer.status) tell({ ...known, ...answer })
        if (getState().status === 'anonymous') throw error('no_session')
        return !!sub && sub === userId()
      }
    },
  }
}
