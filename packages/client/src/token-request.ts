import type { AuthorizationDetail } from './login.js'

/** What a request for tokens asks for. */
export interface TokenRequestOptions {
  /** Space-separated. Default: for machines, none, so that the server decides; for a refresh, what was granted. */
  readonly scope?: string | undefined
  /** The APIs that the token is for (RFC 8707). */
  readonly resource?: string | readonly string[] | undefined
  /** The same for servers that have a parameter of that name instead. */
  readonly audience?: string | undefined
  /** RFC 9396. */
  readonly authorizationDetails?: readonly AuthorizationDetail[] | undefined
  /** Further parameters of the server's own. Those that the client sets itself are refused. */
  readonly parameters?: Readonly<Record<string, string>> | undefined
  /** Ends the request, as `aborted`. */
  readonly signal?: AbortSignal | undefined
}
