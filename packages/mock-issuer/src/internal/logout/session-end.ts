import type { IssuerClient } from '../../client.js'
import type { LoggedLogout } from '../../logout.js'
import type { Session } from '../sessions/session.js'
import type { Sessions } from '../sessions/sessions.js'
import { sendBackchannelNotice } from './backchannel-notice.js'
import type { BackchannelNoticeInput } from './backchannel-notice.js'

export interface SessionEndInput extends BackchannelNoticeInput {
  readonly clients: ReadonlyMap<string, IssuerClient>
  readonly sessions: Sessions
  readonly logouts: LogoutLog
}

/** The ends of sessions, oldest first. */
export interface LogoutLog {
  readonly entries: readonly LoggedLogout[]
  add(logout: LoggedLogout): void
}

const maxLogouts = 1_000

/** Creates an empty log; beyond 1,000 entries the oldest are dropped. */
export function createLogoutLog(): LogoutLog {
  const entries: LoggedLogout[] = []
  return {
    entries,
    add(logout) {
      entries.push(logout)
      if (entries.length > maxLogouts) entries.shift()
    },
  }
}

/**
 * Ends a session, and with it what was granted in it without `offline_access`. Then tells every client of it that has a
 * `backchannelLogoutUri`, all at once, and waits for their answers. A session that has ended already is not ended again.
 */
export async function endSession(session: Session, input: SessionEndInput): Promise<LoggedLogout | undefined> {
  if (!input.sessions.end(session)) return undefined
  const timeMs = input.now()
  const targets = clientsOf(session, input).flatMap(({ clientId, backchannelLogoutUri: uri }) =>
    uri === undefined ? [] : [{ clientId, uri }],
  )
  const notices = await Promise.all(targets.map((target) => sendBackchannelNotice(target, session, input)))
  const logout = { timeMs, sub: session.sub, sessionId: session.id, notices }
  input.logouts.add(logout)
  return logout
}

/** Ends every session of a user, in whatever browser. */
export async function endSessionsOf(sub: string, input: SessionEndInput): Promise<readonly LoggedLogout[]> {
  const ended = await Promise.all(input.sessions.ofUser(sub).map((session) => endSession(session, input)))
  return ended.filter((logout) => logout !== undefined)
}

/** The clients that were granted something in a session and are still registered. */
export function clientsOf({ clients: granted }: Session, { clients }: Pick<SessionEndInput, 'clients'>): readonly IssuerClient[] {
  return [...granted.keys()].map((clientId) => clients.get(clientId)).filter((client) => client !== undefined)
}
