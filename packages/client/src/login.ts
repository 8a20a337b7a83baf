import type { ClientError, OAuthError } from './client-error.js'
import type { IdTokenClaims } from './client-options.js'
import type { TokenSet } from './token-set.js'

/** What one login asks for, beyond what the client always does. */
export interface StartLoginOptions {
  /** Default: the client's `scope`. */
  readonly scope?: string | undefined
  /**
   * Where in the app to go on afterwards: a path on this origin, such as `/orders?page=2`. What could lead elsewhere (`//`, `/\`, control characters,
   * the same in encoded forms) or is longer than 2,048 characters is refused; for one that comes with a request: `parseReturnTo(text) ?? '/'`.
   * Default `/`.
   */
  readonly returnTo?: string | undefined
  /** The APIs that the access token is for (RFC 8707): absolute URIs without fragment. */
  readonly resource?: string | readonly string[] | undefined
  /** How strongly the user has to authenticate, best first. A wish that servers need not fulfil: see `requireAcr`. */
  readonly acrValues?: readonly string[] | undefined
  /** Rejects a login whose `acr` is none of `acrValues`. Default `false`, since servers may answer with an equivalent of another name. */
  readonly requireAcr?: boolean | undefined
  /** How long ago the user may have authenticated, in whole seconds; 0 for now. Checked against `auth_time`, so that `scope` needs `openid`. */
  readonly maxAgeSeconds?: number | undefined
  /** Who is probably logging in; at most 1,024 characters. */
  readonly loginHint?: string | undefined
  /** Whether the server may, or must not, ask the user again (OpenID Connect Core §3.1.2.1). Default: as it sees fit. */
  readonly prompt?: 'none' | 'login' | 'consent' | 'select_account' | 'create' | undefined
  /** In which languages to ask, best first (BCP 47). */
  readonly uiLocales?: readonly string[] | undefined
  /** RFC 9396. */
  readonly authorizationDetails?: readonly AuthorizationDetail[] | undefined
  /**
   * How the server hands over the code: default `query`. With `form_post` it does so in the form of a POST, which is in no log and no history; browsers send
   * no cookie along with it but one that is `SameSite=None`.
   */
  readonly responseMode?: 'query' | 'form_post' | undefined
  /** Further parameters of the server's own. Those that have an option here, or that the client sets itself, are refused. */
  readonly parameters?: Readonly<Record<string, string>> | undefined
  /** Something of the app's to have back in the outcome: a string of at most 1,024 characters. The browser does not see it if the transaction is sealed. */
  readonly appState?: string | undefined
  /**
   * For a command line tool whose `redirectUri` is `http://127.0.0.1/…` or `http://[::1]/…`: the port at which it waits for this login
   * (RFC 8252 §7.3). `loginOnLoopback` does that.
   */
  readonly loopbackPort?: number | undefined
  /** Ends the request, as `aborted`. */
  readonly signal?: AbortSignal | undefined
}

/** One element of `authorization_details`. */
export interface AuthorizationDetail {
  readonly type: string
  readonly [member: string]: unknown
}

/** A login that has begun: where to send the browser, and what to keep until it comes back. */
export interface StartedLogin {
  /** Redirect the browser there. */
  readonly url: string
  /** Names this attempt: it is the `state` of the callback. Keep the transaction under it, so that several tabs do not overwrite each other. */
  readonly state: string
  /**
   * What `completeLogin` needs, as text. It holds the secrets of the attempt, and binds it to whoever can bring it back: keep it where only
   * that browser can (a sealed `HttpOnly` cookie, or a server-side session). It is good once, until `expiresAt`.
   */
  readonly transaction: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** The callback, and what was kept. */
export interface CompleteLoginInput {
  /** The URL that the browser came back with, or its query; for `form_post`, the form. Only its parameters are read; at most 16,384 characters. */
  readonly callback: string | URL | URLSearchParams
  /** What was kept under the callback's `state`; `undefined` or `null` if there is nothing. */
  readonly transaction: string | null | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * How a login ended. Expected outcomes all: nothing of it is thrown. Those with a `returnTo` have that of the login, or `/` where it is not known.
 *
 * - `logged-in`
 * - `refused`: the server sent the user back without: they said no (`access_denied`), or more is needed (`login_required`). The texts are the
 *   server's: do not put them into HTML unescaped
 * - `stale`: this callback belongs to no login that is going on here: reloaded, gone back to, too late, or from another browser. Begin again, or
 *   go on with the session that there is
 * - `rejected`: what came cannot be trusted (another issuer, an ID token that does not verify, ambiguous parameters). Nothing of it was used;
 *   the message of `cause` says what is wrong, for operators
 * - `unavailable`: the server could not be asked: begin again later
 */
export type LoginOutcome<Claims = IdTokenClaims> =
  | { readonly kind: 'logged-in'; readonly tokens: TokenSet<Claims>; readonly returnTo: string; readonly appState: string | undefined }
  | { readonly kind: 'refused'; readonly error: OAuthError; readonly returnTo: string; readonly appState: string | undefined }
  | { readonly kind: 'stale'; readonly reason: StaleReason; readonly returnTo: string }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason; readonly cause: ClientError }
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds: number | undefined; readonly returnTo: string; readonly cause: ClientError }

/**
 * - `no_transaction`: nothing was kept for it, or it was begun with a DPoP key that this client does not have any more
 * - `expired`: after `expiresAt`
 * - `code_spent`: the server says that the code was used, is too old, or is none of this login
 */
export type StaleReason = 'no_transaction' | 'expired' | 'code_spent'

/**
 * - `callback_malformed`: a parameter twice, characters that it cannot have, neither code nor error, a response of another kind, or too long
 * - `transaction_invalid`: no transaction, or that of another client, issuer or redirect URI
 * - `state_mismatch`: another attempt's callback, or a forged one
 * - `issuer_mismatch`: another issuer's, or one that does not say whose, though its server always does (RFC 9207)
 * - `tokens_invalid`: the answer to the code, above all its ID token
 * - `authentication_insufficient`: the user did not authenticate as recently (`maxAgeSeconds`) or as strongly (`requireAcr`) as was asked for
 */
export type RejectionReason =
  | 'callback_malformed'
  | 'transaction_invalid'
  | 'state_mismatch'
  | 'issuer_mismatch'
  | 'tokens_invalid'
  | 'authentication_insufficient'
