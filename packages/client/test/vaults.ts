import { createMemorySessionStore } from './memory-session-store.js'
import { createSessionVault, type SessionTokens, type VaultRecord } from '../src/browser/session-worker/session-vault.js'

/** Those of a user, received long ago. */
export const storedTokensOf = (sub: string, accessToken = 'access'): SessionTokens => ({
  accessToken,
  isBound: false,
  receivedAt: 0,
  expiresAt: 300_000,
  refreshToken: 'refresh',
  idToken: 'id',
  user: { sub },
})

/** Two tabs of one browser. */
export function openVaults() {
  const store = createMemorySessionStore<VaultRecord>()
  return { store, first: createSessionVault('app', store), second: createSessionVault('app', store) }
}
