/**
 * What a page knows of its user. A store by itself: `getState` and `subscribe` are what `useSyncExternalStore` and the like of other frameworks take.
 *
 * @typeParam Claims what is known of the user: the claims of the ID token, or what the token handler tells
 */
export interface BrowserClient<Claims = UserClaims> {
  /**
   * Call it once when the page starts. Completes a login that comes back to this page, or takes up a session that there is, or says that there
   * is none. A callback that was reloaded or gone back to is not an error: the page goes on with the session that there is.
   */
  handlePage(): Promise<AuthState<Claims>>
  /**
   * Sends the user to log in. By popup it gives how that ended. By redirect the page is left: it settles only if the user goes back and the browser
   * has kept the page, with the state that there is then.
   *
   * @throws {BrowserClientError} `unavailable`, `storage_unavailable`, `popup_blocked`
   */
  login(options?: BrowserLoginOptions): Promise<AuthState<Claims>>
  /**
   * Ends the session here, in every tab, and at the server if it can do that. By redirect unless the server has no such endpoint.
   *
   * @throws {BrowserClientError} in the mode `tokens`, `storage_unavailable` if what is stored of the session can be neither overwritten nor deleted: this
   *   page has none any more, and the next one would; in the mode `token-handler`, `unavailable` if the token handler has not answered
   */
  logout(options?: BrowserLogoutOptions): Promise<void>
  /**
   * An access token that is good now. One that is bound to a key (DPoP) needs a proof with each request, which `fetch` makes: as a bearer token it is refused.
   *
   * @throws {BrowserClientError} `no_session`, `unavailable`; in the mode `token-handler` always `no_tokens`, since the page has none: use `fetch`
   */
  getAccessToken(): Promise<string>
  /**
   * `fetch` with the user's access, to the origins that are allow-listed and no others. A 401 is tried again once with fresh access, for the same
   * user, and stands if it is not known whose request it was; one that asks for a stronger login, or a scope, rejects with `step_up_required`, and `error.stepUp` is what `login` takes.
   */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** What is known now. The same object until something changes. */
  getState(): AuthState<Claims>
  /** Calls whenever the state has changed, also from another tab. Gives the function that ends it. */
  subscribe(listener: (state: AuthState<Claims>) => void): () => void
}

/**
 * - `loading`: `handlePage` is not done
 * - `anonymous`: nobody is logged in. `error` says why, if a login was refused or failed
 * - `authenticated`. `error` says why a further login, such as a step-up, brought nothing: the session is the one before
 * - `unavailable`: there is a session, as far as is known, and the server cannot be asked now: nobody is logged out. `handlePage` tries again
 */
export type AuthState<Claims = UserClaims> =
  | { readonly status: 'loading' }
  | { readonly status: 'anonymous'; readonly error?: LoginFailure | undefined }
  | { readonly status: 'authenticated'; readonly user: Claims; readonly error?: LoginFailure | undefined }
  | { readonly status: 'unavailable'; readonly user: Claims | undefined }

/** Why a login brought nothing: an error of the server, or `popup_closed`, `login_expired` or `login_failed`. The text is the server's: frameworks escape it, `innerHTML` does not. */
export interface LoginFailure {
  readonly error: string
  readonly description?: string | undefined
}

/** The claims of a user that are known, and the rest as it came. */
export interface UserClaims {
  readonly sub: string
  readonly name?: string
  readonly [claim: string]: unknown
}

/** How strongly a user has to log in, or with which scope, which comes on top of that of the client: as an API has asked for it. */
export interface StepUp {
  readonly acrValues?: readonly string[] | undefined
  readonly maxAgeSeconds?: number | undefined
  readonly scope?: string | undefined
}

/** What one login asks for. */
export interface BrowserLoginOptions extends StepUp {
  /** Default `redirect`. A popup has to be opened by a click. */
  readonly display?: 'redirect' | 'popup' | undefined
  /** Where in the app to go on afterwards: a path on this origin. Default: where the page is. */
  readonly returnTo?: string | undefined
  /** Who is probably logging in: an email address, or what the server calls them. */
  readonly loginHint?: string | undefined
  /** What the server asks of a user whom it knows already. Default: what it thinks is needed. */
  readonly prompt?: 'login' | 'consent' | 'select_account' | 'create' | undefined
}

/** How a logout ends. */
export interface BrowserLogoutOptions {
  /** A path on this origin. Default `/`. */
  readonly returnTo?: string | undefined
}
