import type { ClientError, OAuthError } from '../client-error.js'
import type { IdTokenClaims } from '../client-options.js'
import type { Client } from '../client.js'
import type { DeviceLogin } from '../device-login.js'
import type { RejectionReason, StartLoginOptions } from '../login.js'
import type { TokenSet } from '../token-set.js'
import type { OpenBrowser } from './system-browser.js'

/** How the user of a command line tool logs in. */
export interface LoopbackLoginOptions<Claims = IdTokenClaims> {
  /**
   * Its `redirectUri` is `http://127.0.0.1/callback` or the like, on `127.0.0.1` or `[::1]`. Without a port, one that is free is taken for each login; with
   * one, that one, for servers that allow no other.
   */
  readonly client: Client<Claims>
  /**
   * Shows the login page to the user: `findSystemBrowser(process.env)`, or a function of your own. `undefined`, or a rejection, means that there is no browser
   * here: then the user gets a code to type in elsewhere. What it is given is an address of the open port, which leads to the login page the first time
   * that it is asked for.
   */
  readonly openBrowser: OpenBrowser | undefined
  /** Shows the code, and where to type it in, if there is no browser. Default: there has to be one. */
  readonly onUserCode?: ((code: UserCode) => void | Promise<void>) | undefined
  /** Told where the browser is sent, to show it too: not every browser that was started is seen. Only this machine can log in there. */
  readonly onLoginUrl?: ((url: string) => void) | undefined
  /**
   * What the login asks for. Of these, `scope`, `resource` and `authorizationDetails` hold without a browser too. `requireAcr` and `maxAgeSeconds` cannot be
   * asked for there, and are checked all the same: a login that does not show them is `rejected` as `authentication_insufficient`.
   */
  readonly login?: Omit<StartLoginOptions, 'returnTo' | 'appState' | 'loopbackPort' | 'signal'> | undefined
  /** What the page in the browser calls your tool. Default: "the terminal". */
  readonly applicationName?: string | undefined
  /** How long to wait for the browser, in seconds. Default 300; at most 86,400, and not longer than the client's `loginTimeoutSeconds`. */
  readonly timeoutSeconds?: number | undefined
  /**
   * How long the browser may take to come, in seconds: a login that is done sooner is told only then, since it may be that of somebody else of this machine, who
   * was faster. Where somebody types in between, nobody waits. Default 2; at most 60, and 0 for a machine with one user.
   */
  readonly browserStartSeconds?: number | undefined
  /** Ends the login, as `aborted`, and gives the port back. */
  readonly signal?: AbortSignal | undefined
}

/** What to show where there is no browser. */
export type UserCode = Omit<DeviceLogin<unknown>, 'complete'>

/**
 * How it ended.
 *
 * - `logged-in`
 * - `refused`: the user said no, or the server did; `error` has what it said, if it came by the browser
 * - `expired`: nobody logged in in time
 * - `rejected`: what the browser brought cannot be trusted, or the user did not authenticate as was demanded; nothing of it was used. `opened_twice`: somebody
 *   besides the browser has opened the address that it was given, and it may be they who logged in
 */
export type LoopbackLoginOutcome<Claims = IdTokenClaims> =
  | { readonly kind: 'logged-in'; readonly tokens: TokenSet<Claims> }
  | { readonly kind: 'refused'; readonly error: OAuthError | undefined }
  | { readonly kind: 'expired' }
  | { readonly kind: 'rejected'; readonly reason: RejectionReason | 'opened_twice'; readonly cause: ClientError }
