import type { AuthState } from '../browser-client.js'
import { BrowserClientError } from '../browser-client-error.js'
import { readDemand } from './api-challenge.js'
import type { HandlerSession } from './handler-session.js'
import type { AskTokenHandler } from './token-handler.js'

/** Two readings of one expiry differ by how long the answers took, and are in whole seconds. */
const toleranceMs = 5000

/** What is needed to have access renewed. */
export interface Renewal {
  /** Of the lock that tabs share. */
  readonly name: string
  readonly ask: AskTokenHandler
  readonly session: Pick<HandlerSession<unknown>, 'check' | 'set' | 'renewed' | 'generation' | 'expiresAt'>
  readonly getState: () => AuthState<unknown>
}

/**
 * Sees to an answer of 401 or 403. Loaded with the first.
 *
 * @param seen the generation of the access that was refused; `undefined` if it has been renewed for this request already
 * @returns whether to send the request again
 * @throws {BrowserClientError} `step_up_required`, `no_session`, `unavailable`
 */
export async function seeToRefusal(renewal: Renewal, response: Response, seen: number | undefined): Promise<boolean> {
  const demand = readDemand(response)
  if (typeof demand === 'object') throw new BrowserClientError('step_up_required', 'The API asks for another login.', demand)
  if (!demand || seen === undefined) return false
  // One tab after the other, and one request after the other.
  await navigator.locks.request(renewal.name, () => renew(renewal, seen))
  return true
}

/** Once for all tabs and all who wait: whoever finds that it has been done since `seen` goes on with that. */
async function renew({ ask, session, getState }: Renewal, seen: number): Promise<void> {
  const expiry = session.expiresAt()
  // Another tab may have been here before the lock was given: then the session says so, if its news is still under way.
  if (seen === session.generation()) await session.check()
  if (seen !== session.generation() || session.expiresAt() > expiry + toleranceMs) return
  if (getState().status !== 'anonymous') {
    const answer = await ask('refresh', '')
    if (!answer.failure) return session.renewed(answer)
    if (answer.status !== 401) throw new BrowserClientError('unavailable')
    session.set()
  }
  throw new BrowserClientError('no_session')
}
