/**
 * The media type in a `typ` or `cty`, in lower case, without the optional `application/`. `undefined` if it is not a string.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4.1.9 RFC 7515 §4.1.9} and §4.1.10
 */
export function mediaTypeOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase().replace(/^application\//, '') : undefined
}
