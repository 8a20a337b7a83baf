import { parseHttpDate } from './http-date.js'

/** The longest pause that a server can request, in seconds. */
const maxSeconds = 300

/**
 * The pause that a server requests, in whole seconds from 1 to 300; `undefined` if it sends none, or an invalid one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 RFC 9110 §10.2.3}
 */
export function parseRetryAfter(field: string | null, now: number): number | undefined {
  if (field === null) return undefined
  const seconds = /^[0-9]+$/.test(field) ? Number(field) : Math.ceil((parseHttpDate(field) - now) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.min(maxSeconds, Math.max(1, seconds))
}
