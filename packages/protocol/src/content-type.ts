/**
 * Whether a message has one of the media types, for example `application/json`. Only the type is compared, without regard to
 * case; parameters such as `charset` are ignored. A missing or repeated `Content-Type` matches nothing.
 *
 * Does *not* match by suffix: name `application/jwk-set+json` if you accept it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1 RFC 9110 §8.3.1}
 */
export function hasContentType(headers: Pick<Headers, 'get'>, ...types: readonly string[]): boolean {
  const value = headers.get('content-type')
  if (value === null) return false
  const parameters = value.indexOf(';')
  const mediaType = (parameters === -1 ? value : value.slice(0, parameters)).trim().toLowerCase()
  return types.some((type) => type.toLowerCase() === mediaType)
}
