import type { AuthState } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'
import { isGood } from './session-freshness.js'
import { sessionName } from './session-name.js'
import type { FoundTokens, SessionTokens, SessionVault } from './session-vault.js'
import type { SessionSettings } from './session-worker.js'
import type { TokenEndpoint } from './token-endpoint.js'
import { TokenRefusal } from './token-response.js'
import { within } from './within.js'

/** The session of this browser, as one tab sees it. */
export interface Session {
  /** Without what is known here, if it has to be fresh. */
  restore(isFresh?: boolean): Promise<AuthState>
  /**
   * Tokens that are good now; others than the access token that an API has just refused, if there can be others.
   *
   * @throws {BrowserClientError} `no_session`
   */
  tokens(rejected?: string): Promise<SessionTokens>
  /** Keeps the tokens of a login, and tells the other tabs. If it replaces another user, theirs are revoked, for which nobody waits. */
  begin(tokens: SessionTokens): Promise<AuthState>
  /** Ends it in every tab, without waiting for anybody who renews it: their outcome is dropped. */
  end(): Promise<EndedSession>
}

/** The tokens that it had, and whether they are gone. */
interface EndedSession {
  readonly ended: SessionTokens | undefined
  readonly isGone: boolean
}

/** Said to the other tabs: who has logged in; without a `sub`, the session has ended. */
interface SessionNews {
  readonly sub?: string
}

/**
 * Makes the session. All tabs share one vault: whoever renews holds its lock, for no request to be made twice, and looks first whether another has done
 * it already. That no change is lost is the vault's doing: what was renewed replaces what it was renewed from, and nothing else.
 *
 * Only `invalid_grant` ends a session. Any other failure leaves it, and the access token is used to its end.
 */
export function createSession(
  settings: SessionSettings,
  vault: SessionVault,
  endpoint: TokenEndpoint,
  onChange: (state: AuthState) => void,
): Session {
  const { timeoutMs = 10_000 } = settings
  const name = sessionName(settings)
  const channel = new BroadcastChannel(name)
  let current: SessionTokens | undefined
  let renewing: Promise<SessionTokens> | undefined
  let pausedUntil = 0
  let ending: Promise<unknown> | undefined
  /** Until the next login or logout, in whichever tab. A logout aborts it. */
  let era = new AbortController()

  const tell = (news: SessionNews) => channel.postMessage(news)

  function beginEra(next: SessionTokens | undefined, isLogout?: boolean): void {
    if (isLogout) era.abort(nobody())
    era = new AbortController()
    current = next
    // Nobody who asks from now on waits for what is dropped when it comes.
    renewing = undefined
  }

  // What another tab has done is in the vault, or gone from it.
  channel.onmessage = async ({ data: { sub } }: MessageEvent<SessionNews>) => {
    beginEra(undefined, sub === undefined)
    retire(vault.forget(sub), sub)
    onChange(await restore())
  }

  async function restore(isFresh?: boolean): Promise<AuthState> {
    if (isFresh) current = undefined
    try {
      return { status: 'authenticated', user: (await tokens()).user }
    } catch (error) {
      if (error instanceof BrowserClientError) return { status: 'anonymous' }
      return { status: 'unavailable', user: current?.user }
    }
  }

  async function tokens(rejected?: string): Promise<SessionTokens> {
    let good = current
    if (!good || !isGood(good)) good = await renew()
    else if (good.refreshToken && !isGood(good, true)) renew().catch(() => {})
    return good.accessToken === rejected ? renew() : good
  }

  /** Once for all who ask. Nobody waits for it longer than for the lock and one exchange; it goes on, since what it came for is spent. */
  function renew(): Promise<SessionTokens> {
    const stale = current
    renewing ??= look(stale, () => {
      const signal = AbortSignal.any([era.signal, AbortSignal.timeout(timeoutMs)])
      return navigator.locks.request(name, { signal }, () => look(stale, refresh))
    }).finally(() => (renewing = undefined))
    return within(2 * timeoutMs, renewing, 'The server does not answer.')
  }

  /** What is in the vault, if it is good, and not what has to be renewed; else what comes of that. */
  async function look(
    stale: SessionTokens | undefined,
    otherwise: (spent: SessionTokens) => Promise<SessionTokens>,
  ): Promise<SessionTokens> {
    // What is being forgotten is not to be found.
    await ending
    const before = era
    const found = await vault.read()
    if (before !== era) return look(stale, otherwise)
    current = found
    // One that cannot be renewed is good to its end, whoever refuses it.
    if (found && isGood(found) && !(found.refreshToken && found.accessToken === stale?.accessToken)) return found
    if (found?.refreshToken) return otherwise(found)
    if (stale) onChange({ status: 'anonymous' })
    throw nobody()
  }

  async function refresh(spent: SessionTokens): Promise<SessionTokens> {
    if (performance.now() < pausedUntil) throw new Error('The server was not there a moment ago.')
    const before = era
    let kept = spent
    const keep = async (next: SessionTokens | undefined) => vault.write(next, kept).catch(() => true)
    const renewed = await endpoint
      .ask({ grant_type: 'refresh_token', refresh_token: spent.refreshToken }, spent, era.signal, async (rotated) => {
        if (await keep(rotated)) kept = rotated
      })
      .catch(unlessOver)
    // Before it is handed out: what it came for is spent.
    const isKept = await keep(renewed)
    if (!isKept || before !== era) return dropped(renewed, look(spent, refresh))
    current = renewed
    onChange(renewed ? { status: 'authenticated', user: renewed.user } : { status: 'anonymous' })
    if (renewed) return renewed
    tell({})
    throw nobody()
  }

  /** Gives what is there instead of it. */
  async function dropped(renewed: SessionTokens | undefined, instead: Promise<SessionTokens>): Promise<SessionTokens> {
    try {
      retire(renewed, (await instead).user.sub)
    } catch (error) {
      if (error instanceof BrowserClientError) retire(renewed)
    }
    return instead
  }

  /** Revokes what nobody has use for any more, unless this user is logged in now: with theirs the server might end what has begun since. */
  function retire(unused: SessionTokens | undefined, sub?: string): void {
    if (unused && unused.user.sub !== sub) void endpoint.revoke(unused)
  }

  /** Puts this in the place of what is there, whatever that is. */
  async function replace(next: SessionTokens | undefined): Promise<EndedSession> {
    const found: FoundTokens[] = []
    const isGone = await vault.write(next, undefined, (each) => found.push(each)).catch(() => false)
    return { ended: await found.at(-1), isGone }
  }

  /** @throws any failure but the one that ends a session */
  function unlessOver(error: unknown): undefined {
    if (error instanceof TokenRefusal && error.error === 'invalid_grant') return
    if (!(error instanceof BrowserClientError)) pausedUntil = performance.now() + 5000
    throw error
  }

  return {
    restore,
    tokens,
    async begin(begun) {
      const before = era
      const { sub } = begun.user
      retire((await replace(begun)).ended, sub)
      tell({ sub })
      // Another tab has been heard of meanwhile: who came last is in the vault.
      if (before !== era) return restore()
      beginEra(begun)
      return { status: 'authenticated', user: begun.user }
    },
    end() {
      beginEra(undefined, true)
      onChange({ status: 'anonymous' })
      const done = replace(undefined).finally(() => tell({}))
      ending = done
      return done
    },
  }
}

const nobody = () => new BrowserClientError('no_session', 'Nobody is logged in.')
