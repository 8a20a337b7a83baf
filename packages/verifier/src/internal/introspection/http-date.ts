/**
 * A time in a field, in milliseconds since the epoch; `NaN` for what is none. An HTTP date always ends with its time zone: without this,
 * `Date.parse` would take all kinds of texts for dates.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 RFC 9110 §5.6.7}
 */
export function parseHttpDate(field: string): number {
  return field.length <= 40 && field.endsWith(' GMT') ? Date.parse(field) : Number.NaN
}
