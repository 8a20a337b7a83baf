import { createExpiringMap } from '../expiring-map.js'
import { randomToken } from '../random-token.js'
import type { Authentication, Session } from './session.js'

/** The sessions of one issuer. */
export interface Sessions {
  /**
   * Starts a session, and returns it with the cookie of its browser. A user who logs in again goes on with the session that the
   * browser has, under a new cookie. Another user gets another session; the one before goes on without a browser, until its time is over.
   */
  start(authentication: Authentication, before: string | undefined): { readonly session: Session; readonly cookie: string }
  /** The session of a browser's cookie, if it has neither ended nor expired. */
  find(cookie: string | undefined): Session | undefined
  /** The sessions of a user, in any browser. */
  ofUser(sub: string): readonly Session[]
  /** Ends a session; `false` if it had ended before. */
  end(session: Session): boolean
}

export interface SessionsInput {
  readonly sessionTtlSeconds: number
  now(): number
}

const maxSessions = 1_000

/** Creates the memory of one issuer. Beyond 1,000 sessions ended ones are forgotten, then the oldest of the user who has most: the browser is asked to log in again. */
export function createSessions({ now, sessionTtlSeconds }: SessionsInput): Sessions {
  const sessions = createExpiringMap<Session>({
    now,
    maxEntries: maxSessions,
    ownerOf: ({ sub }) => sub,
    isSpent: ({ ended }) => ended,
  })

  function find(cookie: string | undefined): Session | undefined {
    const session = cookie === undefined ? undefined : sessions.get(cookie)
    return session === undefined || session.ended ? undefined : session
  }

  return {
    find,
    start(authentication, before) {
      const known = find(before)
      const session = known?.sub === authentication.sub ? Object.assign(known, authentication) : begin(authentication)
      if (session === known && before !== undefined) sessions.delete(before)
      const cookie = randomToken()
      sessions.set(cookie, session, now() + sessionTtlSeconds * 1000)
      return { session, cookie }
    },
    ofUser: (sub) => sessions.values().filter((session) => session.sub === sub && !session.ended),
    end(session) {
      if (session.ended) return false
      session.ended = true
      return true
    },
  }
}

function begin({ sub, authTimeSeconds, level }: Authentication): Session {
  return { id: crypto.randomUUID(), sub, authTimeSeconds, level, clients: new Map(), ended: false }
}
