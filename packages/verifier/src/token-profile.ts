/**
 * What a JWT must be like to count as an access token.
 *
 * - `jwt`: as commonly issued. `typ` is `JWT`, `at+jwt` or absent.
 * - `rfc9068`: `typ` is `at+jwt`, and every claim that RFC 9068 §2.2 requires is present.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-2 RFC 9068 §2}
 */
export type TokenProfile = 'jwt' | 'rfc9068'
