import type { ConfigurationError } from '@bailiwick/protocol'
import type { AuthState, BrowserClient } from './browser-client.js'
import type { BrowserClientError } from './browser-client-error.js'

/**
 * What a mode has to do. `createBrowserClient` loads one of the two by dynamic import, so that a page downloads its own only: each is built as one
 * file, with a copy of what both need, since a file that they had in common would be a download of its own.
 */
export type BrowserMode<Claims> = Omit<BrowserClient<Claims>, 'getState' | 'subscribe'>

/**
 * Keeps a state, and tells those who listen, if it is another than before. Without one it is kept that there is no telling who is logged in: nobody is
 * logged out by that.
 *
 * @returns what is kept
 */
export type SetState<Claims> = (next?: AuthState<Claims>) => AuthState<Claims>

/**
 * Makes a mode, when a method of the client is called for the first time. What it shares with `createBrowserClient` is handed in, and in this order: minifiers
 * shorten the names of parameters, and not those of members.
 *
 * - `handlePage` handles the page, once for all who ask while that is going on, and does not reject
 * - `requireSecure` gives back a URL that the server has named, if it is of `https`, loopback aside, and throws `unavailable` for any other
 */
export type CreateMode<Options> = <Claims>(
  options: Options,
  handlePage: BrowserClient<Claims>['handlePage'],
  setState: SetState<Claims>,
  requireSecure: (url: string | undefined) => string,
  BrowserClientError: BrowserClientErrorClass,
  ConfigurationError: ConfigurationErrorClass,
) => BrowserMode<Claims>

export type BrowserClientErrorClass = typeof BrowserClientError
export type ConfigurationErrorClass = typeof ConfigurationError
