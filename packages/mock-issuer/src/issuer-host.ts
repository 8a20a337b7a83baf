/// <reference lib="esnext.disposable" preserve="true" />
import type { InProcessRequestInit } from './in-process-request.js'
import type { ListeningIssuer, ListenOptions } from './listen.js'
import type { MockIssuerOptions } from './mock-issuer-options.js'
import type { MockIssuer } from './mock-issuer.js'

/** The options of `createIssuerHost`. */
export interface IssuerHostOptions {
  /**
   * The issuers, by path: `{ 'tenant-a': { … } }` is at `/tenant-a`, and is named after that. A path is up to four names of letters,
   * digits and `-`, `_`, `.` or `~` between slashes; the empty one is the root, and then there can be no other. Default: none.
   */
  issuers?: Readonly<Record<string, MockIssuerOptions>>
  /** What every issuer has that does not say otherwise, option by option. Default: the defaults of `createMockIssuer`. */
  defaults?: MockIssuerOptions
  /**
   * Whether asking for an endpoint of an issuer that does not exist makes it, by the `defaults`: `/any-name/jwks` makes the issuer at
   * `/any-name`. A path of one name only. Default `false`; `true` is for 100 of them.
   */
  onDemand?: boolean | { readonly maxIssuers: number }
}

/**
 * Several issuers on one server, each a `MockIssuer` with keys, clients, users and state of its own. RFC 8414's document is before the
 * path of an issuer (`/.well-known/oauth-authorization-server/tenant-a`), OpenID Connect's behind it; a path that is no issuer's is
 * answered by a list of those that there are.
 */
export interface IssuerHost {
  /** Requests any of the issuers without a socket, as `MockIssuer.fetch` does one. */
  fetch(input: string | URL | Request, init?: InProcessRequestInit): Promise<Response>
  /**
   * Listens on a socket, after which the issuers are named. Its `url` is the base of their names.
   * @throws {MockIssuerError} `already_listening`, or `issuer_name_in_use` when it would rename issuers that are in use
   */
  listen(options?: ListenOptions): Promise<ListeningIssuer>
  /** The issuer at a path, or `undefined`. */
  issuer(path: string): MockIssuer | undefined
  /** The paths of all issuers, those made on demand included. */
  paths(): readonly string[]
  /**
   * Adds an issuer, whether or not the host listens.
   * @throws {MockIssuerError} `invalid_option`, also when the path is taken
   */
  add(path: string, options?: MockIssuerOptions): MockIssuer
  /** Takes an issuer away: from now on its path is unknown, and its faults hold no request. `false` if there was none. */
  remove(path: string): boolean
  /** Ends the faults of all issuers and closes the socket, if there is one. */
  [Symbol.asyncDispose](): Promise<void>
}
