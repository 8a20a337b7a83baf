/// <reference lib="esnext.disposable" preserve="true" />
import type { JSONWebKeySet } from 'jose'
import type { AccessTokenClaims, AccessTokenOptions, OpaqueTokenOptions } from './access-token.js'
import type { BackchannelApprovals, DeviceApprovals } from './approval.js'
import type { IssuerClock } from './clock.js'
import type { IssuerUsers } from './issuer-users.js'
import type { Forge } from './forgeries.js'
import type { IssuerFaults } from './faults.js'
import type { FetchInterception } from './fetch-interception.js'
import type { IdTokenClaims, IdTokenOptions } from './id-token.js'
import type { InProcessRequestInit } from './in-process-request.js'
import type { ListeningIssuer, ListenOptions } from './listen.js'
import type { LoggedLogout, LogoutTokenClaims } from './logout.js'
import type { PhantomToken } from './phantom-token.js'
import type { LoggedRequest, RequestFilter, RequestWaitOptions } from './request-log.js'
import type { SignInput } from './signed-token.js'
import type { SigningAlgorithm } from './signing-algorithm.js'
import type { SplitToken, SplitTokens } from './split-token.js'
import type { VerifierOptions } from './verifier-options.js'

/** A strict OAuth 2 and OpenID Connect server in memory. None of its functions needs `this`. */
export interface MockIssuer {
  /** The issuer's name, exactly as in its tokens and metadata. Reading it fixes it: see the `issuer` option. */
  readonly issuer: string
  /**
   * Requests the issuer without a socket: the injected `fetch` of a verifier or a client. Another origin than the issuer's
   * cannot be reached, as on a network, and a redirect is returned rather than followed.
   */
  fetch(input: string | URL | Request, init?: InProcessRequestInit): Promise<Response>
  /**
   * Replaces the global `fetch`, for code that takes no other: requests to this issuer's origin and path are answered in process, and
   * all others go where they would have gone. Redirects are followed as `fetch` follows them. Fixes the issuer's name, as reading
   * `issuer` does. A redirect that *another* server sends to the issuer is followed beneath, over the network.
   *
   * @example
   * using interception = issuer.interceptFetch()
   * const metadata = await fetch(`${issuer.issuer}/.well-known/openid-configuration`)
   */
  interceptFetch(): FetchInterception
  /**
   * Hands over what a verifier of this issuer's tokens needs: issuer, audience, `fetch`, `now` and `timeoutMs`, in an object to spread
   * into its options. What follows the spread replaces it: `{ ...issuer.verifierOptions(), fetch: globalThis.fetch }` goes over the
   * socket. Fixes the issuer's name, as reading `issuer` does, so call `listen()` first.
   *
   * @example
   * const issuer = await createMockIssuer()
   * const verifier = createJwtVerifier({ ...issuer.verifierOptions() })
   */
  verifierOptions(): VerifierOptions
  /**
   * Listens on a socket of this machine, with the same behaviour.
   * @throws {MockIssuerError} `already_listening`, or `issuer_name_in_use` when it would rename an issuer that is in use
   */
  listen(options?: ListenOptions): Promise<ListeningIssuer>
  /**
   * Mints a signed access token with every claim of RFC 9068 §2.2. Introspection, userinfo and revocation know it.
   * @throws {MockIssuerError} `contract_broken` when the contract does not allow it and `breakContract` is not said
   */
  accessToken(claims?: AccessTokenClaims, options?: AccessTokenOptions): Promise<string>
  /**
   * Makes a random reference token, which means nothing but to introspection, userinfo and revocation.
   * @throws {MockIssuerError} `contract_broken`, as `accessToken` does
   */
  opaqueToken(claims?: AccessTokenClaims, options?: OpaqueTokenOptions): Promise<string>
  /**
   * Mints a phantom pair: what a client has, and the JWT that an API is given in its place by introspection.
   * @throws {MockIssuerError} `contract_broken`, as `accessToken` does
   */
  phantomToken(claims?: AccessTokenClaims, options?: AccessTokenOptions): Promise<PhantomToken>
  /**
   * Mints a split token: the signature, which a client has, and the rest, which is published as that of an issued one is.
   * @throws {MockIssuerError} `contract_broken`, as `accessToken` does
   */
  splitToken(claims?: AccessTokenClaims, options?: AccessTokenOptions): Promise<SplitToken>
  /** What was published of split tokens, issued and minted. */
  readonly splitTokens: SplitTokens
  /**
   * Logs a user out of every browser: their sessions end, and with them what was granted there without `offline_access`. Clients with a
   * `backchannelLogoutUri` are told; no front channel is used, since there is no browser to use it.
   *
   * @returns one entry for each session that ended, when all notices are answered or out of time
   */
  logOut(sub: string): Promise<readonly LoggedLogout[]>
  /** The sessions that were logged out, by browsers or by `logOut`, oldest first; the last 1,000 of them. The list is live. */
  readonly logouts: readonly LoggedLogout[]
  /** Mints a logout token, as `logOut` posts it to clients. */
  logoutToken(claims?: LogoutTokenClaims, options?: IdTokenOptions): Promise<string>
  /** Mints an ID token. */
  idToken(claims?: IdTokenClaims, options?: IdTokenOptions): Promise<string>
  /** Signs any header and any payload with the issuer's key, for tokens that no issuer should make. */
  sign(input: SignInput): Promise<string>
  /**
   * Makes bad tokens by their names, each good but for the one fault: see `forgeries` for what there is, and what an API should answer.
   *
   * @example
   * const issuer = await createMockIssuer()
   * const unsigned = await issuer.forge.algNone({ scope: 'orders_read' })
   */
  readonly forge: Forge
  /**
   * Makes a new key, which signs from now on. Old ones stay in the JWKS, so that their tokens are still accepted, unless
   * `keepOld` is `false`: then all of them are withdrawn, for every algorithm.
   *
   * @param options.algorithm default: that of the key before
   * @returns the `kid` of the new key
   */
  rotateKeys(options?: { keepOld?: boolean; algorithm?: SigningAlgorithm }): Promise<string>
  /** The JWK set with the public keys, as the issuer serves it. */
  jwks(): Promise<JSONWebKeySet>
  /** The configured users, whose claims can be changed while the issuer runs. */
  readonly users: IssuerUsers
  /** Decides on devices that wait for a person, without the page. */
  readonly device: DeviceApprovals
  /** Decides on backchannel authentication requests (CIBA). */
  readonly ciba: BackchannelApprovals
  /** The issuer's time. `verifierOptions()` puts a verifier on it. */
  readonly clock: IssuerClock
  /** The requests since the issuer was created, oldest first; the last 10,000 of them, without those to the dashboard. The list is live. */
  readonly requests: readonly LoggedRequest[]
  /**
   * Waits for a request that fits the filter: one that is in the log already, or one that comes. With `status` in the filter, for its
   * answer too; without, the request may still be unanswered, as one is that a fault holds.
   *
   * @throws {MockIssuerError} `request_not_seen` when the time is over, `invalid_option`
   *
   * @example
   * const refresh = await issuer.waitForRequest({ endpoint: 'token', grantType: 'refresh_token' }, { timeoutMs: 1_000 })
   */
  waitForRequest(filter: RequestFilter, options?: RequestWaitOptions): Promise<LoggedRequest>
  /** What goes wrong on purpose, per endpoint. */
  readonly faults: IssuerFaults
  /**
   * A `fetch` whose requests meet the faults with this key, beside those without one: for a test that shares the issuer with others.
   * @throws {MockIssuerError} `invalid_option` when the key is not 1 to 256 printable ASCII characters
   */
  withFaultKey(key: string): { readonly fetch: MockIssuer['fetch'] }
  /** Closes the socket, if there is one, removes all faults, and gives the global `fetch` back. */
  [Symbol.asyncDispose](): Promise<void>
}
