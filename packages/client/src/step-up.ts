/**
 * How strongly a user has to log in, or what has to be granted besides: what an API asked for in its challenge, in the form that `startLogin`
 * takes. An API may refuse without saying what would do: then there is nothing but the scope that was granted before.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-3 RFC 9470 §3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-3.1 RFC 6750 §3.1} (`insufficient_scope`)
 */
export interface StepUp {
  /** Best first: at most 20. Where a further scope is wanted, how the user logged in before, as a wish. */
  readonly acrValues?: readonly string[] | undefined
  /** `true` with `acrValues`, where the API wants one of them, and `scope` has `openid`: without, nobody could see it. */
  readonly requireAcr?: boolean | undefined
  /** How long ago the user may have authenticated, in seconds. */
  readonly maxAgeSeconds?: number | undefined
  /** What was granted before and what the API wants besides, space-separated, so that a login with it loses nothing; `undefined` for neither. */
  readonly scope?: string | undefined
}
