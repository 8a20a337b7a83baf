import type { PageOptions } from '../page-options.js'

/** The page is a public client of the authorization server, and holds access tokens itself. */
export interface TokensModeOptions extends PageOptions {
  /** The access tokens are in the page, and the refresh token in its worker. */
  readonly mode: 'tokens'
  /** The issuer identifier, exactly as the server has it: a trailing slash counts. `https`, loopback aside. */
  readonly issuer: string
  /** As the server has registered it: a public client, without a secret. */
  readonly clientId: string
  /**
   * The page of this origin that the server sends the browser back to, exactly as registered. `handlePage` takes callbacks at this path and at no
   * other. It is never taken from the current URL.
   */
  readonly redirectUri: string
  /** What a login asks for, space-separated; what a step-up asks for comes on top. Default `openid`. */
  readonly scope?: string | undefined
  /** The APIs that the access token is for (RFC 8707). */
  readonly resource?: string | readonly string[] | undefined
  /**
   * - `worker`: one that the server gives is kept by the worker, which never hands it out, and sealed in IndexedDB for the next page load. The default
   * - `none`: none is kept. The session lasts as long as its access token, and `prompt=none` may take it up again: see `silentLogin`
   */
  readonly refreshToken?: 'worker' | 'none' | undefined
  /**
   * How a page that finds no session asks the server whether it knows one (`prompt=none`):
   * - `never`: not at all. The default
   * - `redirect`: by a redirect when the page starts: the page is loaded twice, for those who are not logged in too
   */
  readonly silentLogin?: 'never' | 'redirect' | undefined
  /**
   * Binds the tokens to a key that cannot be copied out of the browser (RFC 9449). The API has to take such tokens too. `when-supported`, the
   * default, goes by the server's metadata; `required` refuses to log in at a server without.
   */
  readonly dpop?: 'when-supported' | 'required' | 'never' | undefined
  /** The time for one exchange with the server, or with what the browser stores, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined
  /**
   * Starts the worker, for a bundler that does not find it by itself. It is the module `@bailiwick/client/browser/worker`, of this origin.
   */
  readonly worker?: (() => Worker) | undefined
}
