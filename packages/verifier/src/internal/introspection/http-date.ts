/**
 * Parses an HTTP date to milliseconds since the epoch; `NaN` if it is not one. It must end with its time zone: otherwise
 * `Date.parse` would accept all kinds of text.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 RFC 9110 §5.6.7}
 */
export function parseHttpDate(field: string): number {
  return field.length <= 40 && field.endsWith(' GMT') ? Date.parse(field) : Number.NaN
}
