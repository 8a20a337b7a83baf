import { ResponseBodyError } from 'oauth4webapi'
import type { AuthState } from '../browser-client.js'
import type { AuthorizationServer } from './authorization-server.js'
import type { SessionTokens, SessionVault } from './session-vault.js'
import type { SessionSettings } from './session-worker.js'

/** What a page is told as `no_session`; every other failure is `unavailable` to it. */
export class NoSessionError extends Error {}

/** The session of this browser, as one tab sees it. */
export interface Session {
  restore(): Promise<AuthState>
  /** Tokens that are good now; others than the access token that an API has just refused. */
  tokens(rejected?: string): Promise<SessionTokens>
  /** Keeps the tokens of a login, and tells the other tabs. */
  begin(login: () => Promise<SessionTokens>): Promise<AuthState>
  /** Ends it in every tab, and gives the tokens that it had. */
  end(): Promise<SessionTokens | undefined>
}

/**
 * Makes the session. All tabs share one vault: whoever renews holds its lock, and looks first whether another has done it already.
 *
 * Only `invalid_grant` ends a session. Any other failure leaves it, and the access token is used to its end.
 */
export function createSession(
  { issuer, clientId }: SessionSettings,
  vault: SessionVault,
  server: AuthorizationServer,
  onChange: (state: AuthState) => void,
): Session {
  const name = `bailiwick ${issuer} ${clientId}`
  const channel = new BroadcastChannel(name)
  let current: SessionTokens | undefined
  let renewing: Promise<SessionTokens> | undefined
  let pausedUntil = 0

  const locked = <Result>(work: () => Promise<Result>): Promise<Result> => navigator.locks.request(name, work)

  // What another tab has done is in the vault, or gone from it.
  channel.onmessage = async ({ data }) => {
    current = undefined
    if (data === 'ended') vault.forget()
    onChange(await restore())
  }

  async function restore(): Promise<AuthState> {
    try {
      return { status: 'authenticated', user: (await tokens()).user }
    } catch (error) {
      if (error instanceof NoSessionError) return { status: 'anonymous' }
      return { status: 'unavailable', user: current?.user }
    }
  }

  async function tokens(rejected?: string): Promise<SessionTokens> {
    let good = current
    if (!good || good.accessToken === rejected || !isGood(good)) good = await renew()
    else if (!isGood(good, true)) renew().catch(() => {})
    return good.accessToken === rejected ? renew() : good
  }

  /** Once for all who ask. */
  const renew = () => (renewing ??= locked(renewLocked).finally(() => (renewing = undefined)))

  async function renewLocked(): Promise<SessionTokens> {
    const known = current?.accessToken
    current = await vault.read()
    if (current && current.accessToken !== known && isGood(current)) return current
    if (!current?.refreshToken) {
      if (known) onChange({ status: 'anonymous' })
      throw new NoSessionError('Nobody is logged in.')
    }
    if (performance.now() < pausedUntil) throw new Error('The server was not there a moment ago.')
    try {
      current = await server.askForTokens({ grant_type: 'refresh_token', refresh_token: current.refreshToken }, current)
    } catch (error) {
      if (!(error instanceof ResponseBodyError) || error.error !== 'invalid_grant') {
        pausedUntil = performance.now() + 5000
        throw error
      }
      await forget()
      throw new NoSessionError('The session has ended.')
    }
    // Before it is handed out: what it came for is spent.
    await vault.write(current)
    onChange({ status: 'authenticated', user: current.user })
    return current
  }

  async function forget(): Promise<void> {
    current = undefined
    await vault.write(undefined)
    channel.postMessage('ended')
    onChange({ status: 'anonymous' })
  }

  return {
    restore,
    tokens,
    begin: (login) =>
      locked(async () => {
        current = await login()
        await vault.write(current)
        channel.postMessage('begun')
        return { status: 'authenticated', user: current.user }
      }),
    end: () =>
      locked(async () => {
        const ended = await vault.read()
        await forget()
        return ended
      }),
  }
}

/** Each tab renews a little earlier or later than the others. */
const jitter = 1 + Math.random()

/** Whether they are good now, or (ahead) good enough not to be renewed: near the end that is done before anybody has to wait for it. */
function isGood({ receivedAt, expiresAt = Infinity }: SessionTokens, isAhead?: boolean): boolean {
  const aheadMs = isAhead ? jitter * Math.min(30_000, (expiresAt - receivedAt) / 8) : 0
  const now = Date.now()
  // A clock that was set back says nothing of how old a token is.
  return receivedAt <= now && now < expiresAt - aheadMs
}
