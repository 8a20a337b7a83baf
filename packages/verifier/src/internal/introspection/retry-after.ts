/** The longest pause that a server can ask for, in seconds. */
const maxSeconds = 300

/**
 * How long a server asks to be left alone, in whole seconds from 1 to 300; `undefined` if it does not say, or not in a form that is
 * understood.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 RFC 9110 §10.2.3}
 */
export function parseRetryAfter(field: string | null, now: number): number | undefined {
  if (field === null) return undefined
  const seconds = /^[0-9]+$/.test(field) ? Number(field) : secondsUntil(field, now)
  return Number.isNaN(seconds) ? undefined : Math.min(maxSeconds, Math.max(1, seconds))
}

/** An HTTP date always ends with its time zone; without this, `Date.parse` would take all kinds of texts for dates. */
function secondsUntil(field: string, now: number): number {
  return field.length <= 40 && field.endsWith(' GMT') ? Math.ceil((Date.parse(field) - now) / 1000) : Number.NaN
}
