/**
 * What a token source does that nobody who asks it sees. No token is in it.
 *
 * - `renewed`: there is a new token, good until `expiresAt` (seconds since the epoch)
 * - `renewal_failed`: there is none; `isCovered` says that the one before is still good, so that nobody has noticed yet
 * - `id_token_left_out`: a refresh brought an ID token that could not be verified for want of the server's keys, or whose claims do not fit the client's schema: the
 *   new tokens are used, and the ID token and the claims of before stand. `renewed` follows
 * - `session_ended`: the refresh token is not good any more, and nothing is asked again
 * - `tokens_not_kept`: `onTokens` rejected, or is taking its time; it is tried again
 * - `store_failed`: the store was gone on without
 */
export type TokenSourceEvent =
  | { readonly kind: 'renewed'; readonly expiresAt: number | undefined }
  | { readonly kind: 'renewal_failed'; readonly error: unknown; readonly isCovered: boolean; readonly retryAfterSeconds: number }
  | { readonly kind: 'id_token_left_out'; readonly error: unknown }
  | { readonly kind: 'session_ended'; readonly error: unknown }
  | { readonly kind: 'tokens_not_kept'; readonly error: unknown }
  | { readonly kind: 'store_failed'; readonly error: unknown }
