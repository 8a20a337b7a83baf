import type { RequestLike } from '@bailiwick/protocol'
import type { EventPrincipal, RequestEvent, ResourceServerEvent, ResourceServerEventHook } from '../events.js'
import type { Principal } from '../principal.js'

/** An event without what is the same for all. Distributes over the union, so that each kind keeps its own members. */
export type EventDetails<E = ResourceServerEvent> = E extends RequestEvent ? Omit<E, keyof RequestEvent> : never

export type EventReporter = (request: RequestLike, details: EventDetails) => void

export interface EventReporterInput {
  readonly onEvent: ResourceServerEventHook
  readonly now: () => number
  readonly audience: string
}

/** Hands events to the hook. Whatever the hook does, the request goes on as if it had not been there. */
export function createEventReporter({ onEvent, now, audience }: EventReporterInput): EventReporter {
  return (request, details) => {
    try {
      // The details come last: in V8, an object that is spread first and added to afterwards takes twenty times as long.
      const event = { time: now(), audience, method: request.method, path: requestPath(request.url), ...details } as ResourceServerEvent
      const returned = onEvent(Object.freeze(event))
      if (typeof returned === 'object' && returned !== null) Promise.resolve(returned).catch(drop)
    } catch {
      // Losing an event is the hook's own doing, and cannot be reported to it.
    }
  }
}

/** The members of a principal that name it. */
export function namePrincipal({ kind, sub, clientId, issuer }: Principal<unknown>): EventPrincipal {
  return { kind, sub, clientId, issuer }
}

const MAX_PATH_CHARACTERS = 1024

/** The path of a URL, absolute or as Node gives it, without parsing the rest. */
export function requestPath(url: string): string {
  const [, path = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)/i.exec(url) ?? []
  return path === '' ? '/' : path.slice(0, MAX_PATH_CHARACTERS)
}

function drop(): void {}
