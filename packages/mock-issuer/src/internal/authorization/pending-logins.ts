import { createExpiringMap } from '../expiring-map.js'
import { jsonBytes } from '../json-bytes.js'
import { randomToken } from '../random-token.js'
import type { AuthorizationRequest } from './authorization-request.js'

/** A login page that was shown and not answered yet. */
export interface PendingLogin {
  readonly request: AuthorizationRequest
  /** The cookie of the browser that it was shown in. */
  readonly browser: string
  /** The `sub` of the `id_token_hint`: no other user may be answered with. */
  readonly hintedSub?: string | undefined
}

/** The login pages that are open. */
export interface PendingLogins {
  /** Remembers the page, for ten minutes, and returns the id that its form carries. */
  open(login: PendingLogin): string
  find(id: string): PendingLogin | undefined
  close(id: string): void
}

/** How long a login page can be answered. */
export const loginTtlSeconds = 600
const maxLogins = 10_000
const maxBytes = 32_000_000

/**
 * Creates the memory of one issuer. Beyond 10,000 open pages, or 32 MB of what they were asked for, the oldest of the client that has most
 * are forgotten.
 */
export function createPendingLogins({ now }: { now: () => number }): PendingLogins {
  const logins = createExpiringMap<PendingLogin>({
    now,
    maxEntries: maxLogins,
    maxBytes,
    bytesOf: ({ request }) => jsonBytes(request),
    ownerOf: ({ request }) => request.client.clientId,
  })
  return {
    open(login) {
      const id = randomToken()
      logins.set(id, login, now() + loginTtlSeconds * 1000)
      return id
    },
    find: (id) => logins.get(id),
    close: (id) => logins.delete(id),
  }
}
