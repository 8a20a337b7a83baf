import { vi } from 'vitest'
import { createMemorySessionStore } from './memory-session-store.js'
import { createLocks } from './web-locks.js'
import { createSession } from '../src/browser/session-worker/session.js'
import { createSessionVault, type SessionTokens, type VaultRecord } from '../src/browser/session-worker/session-vault.js'
import type { TokenEndpoint } from '../src/browser/session-worker/token-endpoint.js'

const issuer = 'https://login.example.com'
let browsers = 0

/** Those of a user, received now, for five minutes. */
export const tokensOf = (sub: string, accessToken = `${sub}’s`): SessionTokens => ({
  accessToken,
  isBound: false,
  receivedAt: Date.now(),
  expiresAt: Date.now() + 300_000,
  refreshToken: `${accessToken} refresh`,
  idToken: 'id',
  user: { sub },
})

/**
 * A browser whose clock stands still, and each of whose tabs has a server that answers when the test says so.
 *
 * @param timeoutMs is real time: short for a test that waits until it is over, and no more than a bound for the others
 */
export function openBrowser(timeoutMs = 5000) {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_800_000_000_000 })
  vi.stubGlobal('navigator', { locks: createLocks() })
  const store = createMemorySessionStore<VaultRecord>()
  // Browsers of other tests are not to hear of it.
  const settings = { issuer, clientId: `app ${++browsers}`, redirectUri: 'https://app.example.com/', timeoutMs }
  return {
    store,
    [Symbol.dispose]() {
      vi.unstubAllGlobals()
      vi.useRealTimers()
    },
    /** As somebody who never lets go. */
    holdLock() {
      const { signal } = new AbortController()
      void navigator.locks.request(`bailiwick ${issuer} ${settings.clientId}`, { signal }, () => new Promise(() => {}))
    },
    open() {
      const told: unknown[] = []
      const vault = createSessionVault('app', store)
      const asked: { answer(tokens: SessionTokens): void; fail(error: Error): void; rotate(refreshToken: string): Promise<void> }[] = []
      const endpoint = {
        senderKey: async () => undefined,
        takeNonce() {},
        ask: vi.fn<TokenEndpoint['ask']>(
          (_form, previous, signal, keep) =>
            new Promise((answer, fail) => {
              signal?.addEventListener('abort', () => fail(signal.reason as Error))
              const rotate = async (refreshToken: string) => previous && keep?.({ ...previous, refreshToken })
              asked.push({ answer, fail, rotate })
            }),
        ),
        revoke: vi.fn<TokenEndpoint['revoke']>(async () => {}),
      }
      const session = createSession(settings, vault, endpoint, (state) => told.push(state))
      /** When the server is asked for the time of that number. */
      const request = (number = 1) => vi.waitUntil(() => asked[number - 1], { interval: 1 })
      return { session, vault, endpoint, told, request }
    },
  }
}

export const passSeconds = (seconds: number) => void vi.advanceTimersByTime(seconds * 1000)
