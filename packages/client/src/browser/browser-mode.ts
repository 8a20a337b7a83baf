import type { ConfigurationError } from '@bailiwick/protocol'
import type { AuthState, BrowserClient, BrowserLoginOptions, StepUp } from './browser-client.js'
import type { BrowserClientError, BrowserClientErrorCode } from './browser-client-error.js'

/**
 * What a mode has to do: what the two have in common, `createBrowserClient` has done. It loads one of them, each with a factory of its own,
 * by dynamic import, so that a page downloads its own only. What both need, it hands to them: an import that `createBrowserClient` and a mode
 * had in common would be a download of its own.
 */
export interface BrowserMode<Claims> extends Pick<BrowserClient<Claims>, 'handlePage' | 'getAccessToken' | 'fetch'> {
  login(options: BrowserLoginOptions & { readonly returnTo: string }): Promise<AuthState<Claims>>
  logout(options: { readonly returnTo: string }): Promise<void>
}

/** What a mode is given of the page. */
export interface BrowserPage<Claims> {
  /** Handles the page, once for all who ask while that is going on. */
  handlePage(): Promise<AuthState<Claims>>
  getState(): AuthState<Claims>
  /** Keeps the state, and tells those who listen, if it is another than before. Gives back what is kept. */
  setState(state: AuthState<Claims>): AuthState<Claims>
  /** Keeps that there is no telling who is logged in: nobody is logged out by that. */
  unavailable(): AuthState<Claims>
  /** Goes on in the app after a login: at a path of this origin, or at `/` for anything else that was in a storage. */
  goOn(returnTo: unknown): void
  /** Gives back the URL of a server that the browser is sent to. @throws {BrowserClientError} `unavailable` if it is not https, loopback aside */
  requireSecure(url: string): string
  /** Makes an error; without a message, that is the code in words. */
  error(code: BrowserClientErrorCode, message?: string, stepUp?: StepUp): BrowserClientError
  /** Makes the error that an option deserves: its message names the fix. */
  configurationError(message: string): ConfigurationError
}
