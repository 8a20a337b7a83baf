import type { AuthState, BrowserLoginOptions, StepUp, UserClaims } from '../browser-client.js'

/** What the worker is told when it starts: whose session it keeps, and how. The options of the mode of those names, with the same defaults. */
export interface SessionSettings {
  readonly issuer: string
  readonly clientId: string
  readonly redirectUri: string
  readonly scope?: string | undefined
  readonly resource?: string | readonly string[] | undefined
  readonly refreshToken?: 'worker' | 'none' | undefined
  readonly dpop?: 'when-supported' | 'required' | 'never' | undefined
  readonly timeoutMs?: number | undefined
}

/** What the page asks of its worker. There is no call that gives a refresh token. */
export interface SessionWorker {
  /** Begins a login: where to send the browser, and what to keep until it comes back. */
  start(request: LoginRequest): Promise<StartedAttempt>
  /** Ends it with the query of the callback. What can be expected is in the state. */
  complete(query: string, attempt: LoginAttempt): Promise<AuthState>
  /** Takes up the session that there is; anew (`isFresh`), for a page that may not have heard what other tabs have done. */
  restore(isFresh?: boolean): Promise<AuthState>
  getAccessToken(): Promise<string>
  /** The headers for a request to an API; or, with what the API answered to one, what is to be done about it. */
  authorize(method: string, url: string, answer?: ApiAnswer): Promise<Authorization>
  /**
   * Ends the session, which the page is told at once as a state. Gives where to send the browser to end it at the server too, if that can be said: after
   * the metadata, if they are not known yet, and two seconds for the revocation of the refresh token at most.
   *
   * @throws {BrowserClientError} `storage_unavailable` if the session can be neither overwritten nor deleted: the next page would find it
   */
  logout(returnUrl: string): Promise<string | undefined>
}

/** What the page wants of a login. */
export interface LoginRequest extends Omit<BrowserLoginOptions, 'display' | 'returnTo' | 'prompt'> {
  readonly prompt?: BrowserLoginOptions['prompt'] | 'none'
}

/** The secrets of one attempt to log in (RFC 7636, and the nonce of OpenID Connect). */
export interface LoginAttempt {
  readonly state: string
  readonly verifier: string
  readonly nonce: string
  readonly maxAgeSeconds?: number | undefined
  readonly silent?: boolean | undefined
}

/** An attempt that can go on at the server. */
export interface StartedAttempt {
  readonly url: string
  readonly attempt: LoginAttempt
}

/** What of an API's answer is about access. */
export interface ApiAnswer {
  readonly token: string
  /** Whose request it is, as `Authorization` has said it the first time: it is not sent again for somebody else. */
  readonly sub?: string | undefined
  /** It is not the first access token that this request was tried with. */
  readonly isRenewed: boolean
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** The headers to try with; or the step-up that is needed; or neither: the answer stands. */
export interface Authorization {
  readonly token?: string
  /** Whose token it is. */
  readonly sub?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly stepUp?: StepUp
}

/** From the page. */
export interface WorkerCall {
  readonly id: number
  readonly method: keyof SessionWorker
  readonly input: readonly unknown[]
}

/** To the page: a state that another tab has brought about, or the end of a call. */
export type WorkerMessage =
  | { readonly state: AuthState<UserClaims> }
  | { readonly id: number; readonly result?: unknown; readonly failure?: { readonly code: string; readonly message: string } }
