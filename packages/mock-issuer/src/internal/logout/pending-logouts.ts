import { createExpiringMap } from '../expiring-map.js'
import { randomToken } from '../random-token.js'
import type { LogoutTarget } from './logout-request.js'

/** A page that asks a user whether to log out, not answered yet. */
export interface PendingLogout {
  /** The session that the user was asked about. */
  readonly sessionId: string
  readonly target: LogoutTarget | undefined
}

/** The pages that ask. */
export interface PendingLogouts {
  /** Remembers the page, for ten minutes, and returns the id that its form carries. */
  open(logout: PendingLogout): string
  /** Takes the page out, so that it is answered once. */
  take(id: string): PendingLogout | undefined
}

const ttlSeconds = 600
const maxLogouts = 1_000

export function createPendingLogouts({ now }: { now: () => number }): PendingLogouts {
  const logouts = createExpiringMap<PendingLogout>({ now, maxEntries: maxLogouts })
  return {
    open(logout) {
      const id = randomToken()
      logouts.set(id, logout, now() + ttlSeconds * 1000)
      return id
    },
    take(id) {
      const logout = logouts.get(id)
      logouts.delete(id)
      return logout
    },
  }
}
