import type { AuthState, LoginFailure, UserClaims } from '../browser-client.js'
import type { BrowserPage } from '../browser-mode.js'
import type { AskTokenHandler, TokenHandlerAnswer } from './token-handler.js'

/** Two readings of one expiry differ by how long the answers took, and are in whole seconds. */
const toleranceMs = 5000

/** The session that the token handler keeps, as far as a page can see it. */
export interface HandlerSession<Claims> {
  /** Asks whether there is a session. During an outage, nobody is logged out. */
  restore(failure?: LoginFailure): Promise<AuthState<Claims>>
  /** Takes the session that an answer tells of, and tells the other tabs of it. */
  tell(answer: TokenHandlerAnswer): AuthState<Claims>
  /** Which access it is that requests have now: it counts whenever that has changed, here or elsewhere, as far as this tab has heard. */
  version(): number
  /**
   * Has access renewed, once for all tabs and all who wait: whoever finds that it is no longer the version that was refused goes on with that.
   *
   * @throws {BrowserClientError} `no_session`, `unavailable`
   */
  renew(refused: number): Promise<void>
}

/** Makes the session of one token handler, which tabs share by the name of a channel. */
export function createHandlerSession<Claims>(
  name: string,
  ask: AskTokenHandler,
  { getState, setState, error }: BrowserPage<Claims>,
): HandlerSession<Claims> {
  let known: TokenHandlerAnswer = {}
  let expiresAt = Number.NaN
  let version = 0
  const channel = new BroadcastChannel(name)
  channel.onmessage = ({ data }: MessageEvent<TokenHandlerAnswer>) => {
    version++
    take(data)
  }

  function take(answer: TokenHandlerAnswer, failure?: LoginFailure): AuthState<Claims> {
    known = answer
    const expiry = Date.now() + Number(answer.access_token_expires_in) * 1000
    // Another tab has had it renewed, and its news is still under way.
    if (expiry > expiresAt + toleranceMs) version++
    expiresAt = expiry
    return setState({ ...read(answer), error: failure } as AuthState<Claims>)
  }

  function read({ status, is_logged_in: isLoggedIn, id_token_claims: claims }: TokenHandlerAnswer): AuthState<Claims> {
    const user = claims as UserClaims | undefined
    if (status === 401 || isLoggedIn === false) return { status: 'anonymous' }
    // What the claims are, the app has said.
    return isLoggedIn && typeof user?.sub === 'string' ? { status: 'authenticated', user: user as Claims } : unknown()
  }

  function unknown(): AuthState<Claims> {
    const { user } = getState() as { readonly user?: Claims }
    return { status: 'unavailable', user }
  }

  async function check(failure?: LoginFailure): Promise<AuthState<Claims>> {
    const before = getState()
    const answer = await ask('session')
    // The answer may be of before a login or a logout in another tab.
    return before === getState() ? take(answer, failure) : check(failure)
  }

  function tell(answer: TokenHandlerAnswer): AuthState<Claims> {
    version++
    channel.postMessage(answer)
    return take(answer)
  }

  return {
    tell,
    restore: (failure) => check(failure).catch(() => setState(unknown())),
    version: () => version,
    async renew(refused) {
      const answer = await ask('refresh', {}, async () => {
        if (refused === version) await check()
        return refused === version && getState().status !== 'anonymous'
      })
      if (answer.status) tell({ ...known, ...answer })
      if (getState().status === 'anonymous') throw error('no_session')
    },
  }
}
