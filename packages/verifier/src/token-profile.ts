/**
 * What a token must be to count as an access token.
 *
 * - `jwt`: what authorization servers issue in the field. `typ` is `JWT`, `at+jwt` or absent.
 * - `rfc9068`: `typ` is `at+jwt`, and every claim that RFC 9068 §2.2 requires is there.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2 RFC 9068 §2}
 */
export type TokenProfile = 'jwt' | 'rfc9068'
