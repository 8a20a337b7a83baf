import type { TokenSet } from './token-set.js'

/** What a logout at the server says. */
export interface LogoutUrlOptions {
  /** Whose session: their ID token goes along as a hint, so that the server need not ask. */
  readonly tokens?: TokenSet<unknown> | undefined
  /** Where the server sends the browser afterwards, exactly as registered. */
  readonly postLogoutRedirectUri?: string | undefined
  /** Comes back with it. */
  readonly state?: string | undefined
  /** In which languages to ask, best first (BCP 47). */
  readonly uiLocales?: readonly string[] | undefined
}
