import type { AuthState, BrowserClient, BrowserLoginOptions } from './browser-client.js'

/**
 * What a mode has to do: what the two have in common, `createBrowserClient` has done. It loads one of them, each with a factory of its own,
 * by dynamic import, so that a page downloads its own only. Bundlers keep a module whole: what one mode imports of
 * `@bailiwick/protocol`, pages of the other download too, so that they take its errors alone.
 */
export interface BrowserMode<Claims> extends Pick<BrowserClient<Claims>, 'handlePage' | 'getAccessToken' | 'fetch'> {
  login(options: BrowserLoginOptions & { readonly returnTo: string }): Promise<AuthState<Claims>>
  logout(options: { readonly returnTo: string }): Promise<void>
}

/** What a mode is given of the page. */
export interface BrowserPage<Claims> {
  getState(): AuthState<Claims>
  /** Keeps the state, and tells those who listen, if it is another than before. Gives back what is kept. */
  setState(state: AuthState<Claims>): AuthState<Claims>
  /** Goes on in the app after a login: at a path of this origin, or at `/` for anything else that was in a storage. */
  goOn(returnTo: unknown): void
  /** Gives back the URL of a server that the browser is sent to. @throws {BrowserClientError} `unavailable` if it is not https, loopback aside */
  requireSecure(url: string): string
}
