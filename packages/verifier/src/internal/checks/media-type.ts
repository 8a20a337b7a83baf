/**
 * The media type that a `typ` or `cty` names, in lower case and without `application/`, which may be left out of it. `undefined` for
 * what is no string.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4.1.9 RFC 7515 §4.1.9} and §4.1.10
 */
export function mediaTypeOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase().replace(/^application\//, '') : undefined
}
