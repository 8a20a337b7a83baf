import type { FaultKind } from '../../fault-kind.js'
import type { LoggedRefusal, LoggedRequest } from '../../request-log.js'
import { shorten } from '../shorten.js'
import type { Refusal } from './refusal.js'
import type { RequestDescription } from './request-description.js'

/** The log that `issuer.requests` shows; beyond its limit the oldest entries are dropped. Those to the dashboard are not in it. */
export interface RequestLogBuffer {
  readonly entries: readonly LoggedRequest[]
  /** Logs a request on arrival. */
  add(request: Pick<LoggedRequest, 'timeMs' | 'method' | 'path' | 'endpoint'>): LogEntry
  /** Calls back with every entry that is new or has changed; returns what ends that. */
  observe(callback: (entry: LoggedRequest) => void): () => void
}

/** An entry, and what is learned of the request later. */
export interface LogEntry {
  readonly logged: LoggedRequest
  describe(description: RequestDescription): void
  meet(fault: FaultKind): void
  answer(status: number, refusal?: Refusal): void
  /** Ends it without an answer. */
  cutOff(): void
}

const maxRequests = 10_000
const maxPathCharacters = 256
const maxErrorCharacters = 256
const maxTextCharacters = 1_024

export function createRequestLogBuffer(): RequestLogBuffer {
  const entries: LoggedRequest[] = []
  const observers = new Set<(entry: LoggedRequest) => void>()

  return {
    entries,
    add(request) {
      const logged = {
        ...request,
        path: shorten(request.path, maxPathCharacters),
        clientId: undefined,
        grantType: undefined,
        scope: undefined,
        fault: undefined,
        status: undefined,
        cutOff: undefined,
        refusal: undefined,
      }
      // An open dashboard asks every other second: it would push out what it is there to show.
      if (request.endpoint !== 'dashboard') entries.push(logged)
      if (entries.length > maxRequests) entries.shift()
      function change(learned: Partial<LoggedRequest>): void {
        Object.assign(logged, learned)
        for (const tell of observers) tell(logged)
      }
      return {
        logged,
        describe: change,
        meet: (fault) => change({ fault }),
        answer: (status, refusal) => change({ status, refusal: refusal && loggedRefusal(refusal) }),
        cutOff: () => change({ cutOff: true }),
      }
    },
    observe(callback) {
      observers.add(callback)
      return () => observers.delete(callback)
    },
  }
}

function loggedRefusal({ error, description, advice }: Refusal): LoggedRefusal {
  return {
    error: shorten(error, maxErrorCharacters),
    description: description === undefined ? undefined : shorten(description, maxTextCharacters),
    advice: advice === undefined ? undefined : shorten(advice, maxTextCharacters),
  }
}
