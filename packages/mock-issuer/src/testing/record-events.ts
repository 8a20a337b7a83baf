import type { AuditEvent } from './audit.js'

/** Keeps events for a test to look at. */
export interface EventRecorder<Event extends AuditEvent = AuditEvent> {
  /** Oldest first; the last 10,000. The list is live. */
  readonly events: readonly Event[]
  /** Records an event: what a resource server takes as `onEvent`. It needs no `this`. */
  readonly onEvent: (event: Event) => void
  /** Forgets the events so far. */
  clear(): void
}

const maxEvents = 10_000

/**
 * Creates a recorder, to be given to a resource server or an adapter as its `onEvent`.
 *
 * @typeParam Event what `events` is typed as: `ResourceServerEvent` of `@bailiwick/guard`, for example
 *
 * @example
 * import { recordEvents } from '@bailiwick/mock-issuer/testing'
 *
 * const { events, onEvent } = recordEvents()
 * onEvent({ kind: 'allowed' })
 * console.log(events.length) // 1
 */
export function recordEvents<Event extends AuditEvent = AuditEvent>(): EventRecorder<Event> {
  const events: Event[] = []
  return {
    events,
    onEvent(event) {
      events.push(event)
      if (events.length > maxEvents) events.shift()
    },
    clear() {
      events.length = 0
    },
  }
}
