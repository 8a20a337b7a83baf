import { MockIssuerError } from '../mock-issuer-error.js'
import { findDifferences, show } from './internal/differences.js'
import { insist } from './internal/verdict.js'
import type { Verdict } from './internal/verdict.js'

/** An event that a resource server of `@bailiwick/guard` reports, or any other that has a kind. */
export interface AuditEvent {
  readonly kind: string
}

/** Events, as a list or as `recordEvents()` keeps them. */
export type AuditTrail = readonly AuditEvent[] | { readonly events: readonly AuditEvent[] }

/**
 * What an event is to say: it must have every member that is given here. Objects are compared in part too, lists element by element;
 * a `RegExp` stands for the texts that it finds something in, and matchers such as `expect.any(String)` for what they match.
 */
export interface AuditExpectation {
  /** `allowed`, `denied`, `authentication_failed`, `unavailable` and the like. */
  readonly kind?: unknown
  /** Why: `insufficient_scope`, for example. */
  readonly code?: unknown
  /** Of the event or of its principal. */
  readonly sub?: unknown
  /** Of the event or of its principal. */
  readonly clientId?: unknown
  /** Of the event or of its principal. */
  readonly issuer?: unknown
  readonly method?: unknown
  readonly path?: unknown
  readonly audience?: unknown
  /** The guard's description, or a part of it. */
  readonly guard?: unknown
  readonly reason?: unknown
  readonly [member: string]: unknown
}

const maxShown = 10

/**
 * Checks that an event was reported.
 *
 * @throws an `AssertionError` that says how the closest event differs, and which events there are
 *
 * @example
 * import { checkAudited, recordEvents } from '@bailiwick/mock-issuer/testing'
 *
 * const audit = recordEvents()
 * const denied = { kind: 'denied', code: 'insufficient_scope', principal: { sub: 'john' } }
 * audit.onEvent(denied) // what a resource server does
 * checkAudited(audit, { kind: 'denied', sub: 'john' })
 */
export function checkAudited(trail: AuditTrail, expected: AuditExpectation = {}): void {
  insist(judgeAudited(trail, expected))
}

/** As `checkAudited`, without throwing: for matchers. */
export function judgeAudited(trail: AuditTrail, expected: AuditExpectation = {}): Verdict {
  const events = 'events' in trail ? trail.events : trail
  if (!Array.isArray(events)) {
    throw new MockIssuerError('invalid_option', 'These are no events: give a list of them, or what recordEvents() returns.')
  }
  const compared = events.map((event) => ({ event, differences: findDifferences(withPrincipal(event), expected) }))
  const found = compared.find(({ differences }) => differences.length === 0)
  const wanted = show(expected)
  const list = events.length === 0 ? 'No event was reported.' : `Reported were:\n${events.slice(-maxShown).map(formatEvent).join('\n')}`
  if (found !== undefined) return { pass: true, message: `Expected no event with ${wanted}.\n${list}` }
  const [closest] = compared.toSorted((left, right) => left.differences.length - right.differences.length)
  const hint =
    closest === undefined ? '' : `\nThe closest, ${formatEvent(closest.event).trim()}, differs: ${closest.differences.join('; ')}.`
  return { pass: false, message: `Expected an event with ${wanted}.${hint}\n${list}` }
}

/** The event, with what it says of its principal in its own place. */
function withPrincipal(event: AuditEvent): object {
  const principal: unknown = 'principal' in event ? event.principal : undefined
  if (typeof principal !== 'object' || principal === null) return event
  const { sub, clientId, issuer } = principal as Readonly<Record<string, unknown>>
  return { sub, clientId, issuer, ...event }
}

function formatEvent(event: AuditEvent): string {
  const shown = Object.entries(withPrincipal(event)).filter(
    ([name, value]) => name !== 'kind' && (typeof value === 'string' || typeof value === 'number') && name !== 'time',
  )
  return `  ${event.kind} (${shown.map(([name, value]) => `${name}: ${String(value).slice(0, 100)}`).join(', ')})`
}
