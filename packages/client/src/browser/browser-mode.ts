import type { AuthState, BrowserClient } from './browser-client.js'

/**
 * What a mode has to do: everything but the store. `createBrowserClient` loads one of the two, each with a factory of the form `BrowserModeFactory`,
 * by dynamic import, so that a page downloads its own only. Bundlers keep a module whole: what one mode imports of `@bailiwick/protocol`, pages of the other
 * download too, so that they take its errors and `parseSecureUrl` alone.
 */
export type BrowserMode<Claims> = Pick<BrowserClient<Claims>, 'handlePage' | 'login' | 'logout' | 'getAccessToken' | 'fetch'>

/** The store that a mode tells what it has learnt, also from other tabs. */
export interface AuthStore<Claims> {
  getState(): AuthState<Claims>
  /** Keeps the state, and tells those who listen. Gives it back. */
  setState(state: AuthState<Claims>): AuthState<Claims>
}

/** Makes a mode. Nothing is sent, and nothing is stored, before `handlePage` or another method is called. */
export type BrowserModeFactory<Options> = <Claims>(options: Options, store: AuthStore<Claims>) => BrowserMode<Claims>
