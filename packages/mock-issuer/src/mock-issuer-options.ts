import type { AccessTokenFormat } from './access-token-format.js'
import type { AuthenticationLevel } from './authentication-level.js'
import type { IssuerClient } from './client.js'
import type { ClaimsProvider } from './claims-provider.js'
import type { IssuerContract } from './contract.js'
import type { DashboardOptions } from './dashboard-options.js'
import type { DpopOptions } from './dpop-options.js'
import type { Laxity } from './laxity.js'
import type { SigningAlgorithm } from './signing-algorithm.js'
import type { TrustedIssuer } from './trusted-issuer.js'
import type { SplitTokenOptions } from './split-token.js'
import type { IssuerUser } from './user.js'

/** The options of `createMockIssuer`. All have a default that suits a test. */
export interface MockIssuerOptions {
  /** What the issuer's access tokens must keep to. Default: none, so every well-formed scope and any claims are issued. */
  contract?: IssuerContract | undefined
  /**
   * The issuer's name, exactly as it will be in tokens and metadata: an `http` or `https` URL without query and fragment; it may have
   * a path. Default: `http://localhost/mock-issuer`, or the URL of the socket if `listen()` comes first.
   */
  issuer?: string
  /** What tokens are signed with until keys are rotated to another one. Default `ES256`. */
  algorithm?: SigningAlgorithm
  /** The `aud` of access tokens. Default: the contract's audience, or `api` without a contract. */
  audience?: string | readonly string[]
  /** The registered clients; at least one. Default: `defaultClients`. */
  clients?: readonly IssuerClient[]
  /** Who can log in by a click; at least one. Default: `defaultUsers`. Any other user name can be typed. */
  users?: readonly IssuerUser[]
  /** How long access tokens live, in seconds. Default 300. */
  accessTokenTtlSeconds?: number
  /** How long a refresh token can be used, in seconds from its own issuance. Default 86,400, a day. */
  refreshTokenTtlSeconds?: number
  /** The `max-age` of the JWKS, in seconds. Default 300. */
  jwksMaxAgeSeconds?: number
  /** How DPoP proofs are taken. Default: with and without a nonce of the issuer's. */
  dpop?: DpopOptions
  /** The time that the issuer's clock starts from, in milliseconds since the epoch. Default `Date.now`. */
  now?: () => number
  /** How long a browser stays logged in, in seconds from the login. Default 28,800, eight hours. */
  sessionTtlSeconds?: number
  /**
   * The ways of logging in that a client can ask for with `acr_values`, the weakest first; at least one. A string is a level with no
   * name and no `amr`. Default: `defaultAuthenticationLevels`.
   */
  acrValues?: readonly (string | AuthenticationLevel)[]
  /**
   * The user who is logged in by every authorization request, without a page; any name. The request header `mock-user` does the same
   * for one request, and goes before this; so does a `login_hint` of another configured user. The page asks all the same for a client that
   * anyone could register, unless its redirect URI is `http` on this machine. Default: none, so the login page asks.
   */
  autoLogin?: string
  /** How the issuer reaches others, for back-channel logout and the publication of split tokens. Default: the global `fetch`. */
  fetch?: (input: string, init?: RequestInit) => Promise<Response>
  /** How long a client may take to answer a back-channel logout, in milliseconds of real time. Default 5,000. */
  backchannelLogoutTimeoutMs?: number
  /**
   * Whether a refresh gives a new refresh token: `always`, the default; or `never` to a confidential client, as many servers do.
   * A public client's tokens rotate all the same, since that is how their theft is noticed (RFC 9700 §4.14.2).
   */
  refreshTokenRotation?: 'always' | 'never'
  /** The `interval` of the device flow and of CIBA: how long a client has to wait between two polls, in seconds. Default 5. */
  pollingIntervalSeconds?: number
  /** Issuers whose JWTs are taken by the jwt-bearer grant and by token exchange. Default: none, so there is no jwt-bearer grant. */
  trustedIssuers?: readonly TrustedIssuer[]
  /** Whether every authorization request must be pushed (RFC 9126 §5). Default `false`; clients can have it for themselves. */
  requirePushedAuthorizationRequests?: boolean
  /**
   * What clients may name as a `resource` (RFC 8707): absolute URIs without a fragment, compared as strings. Default: those of the
   * issuer's audience that are such URIs, so none where it is a plain name such as `api`.
   */
  resources?: readonly string[]
  /** The types that clients may ask for in `authorization_details` (RFC 9396). Default: none, so that every type is refused. */
  authorizationDetailsTypes?: readonly string[]
  /**
   * The token that a registration at `/register` must present (RFC 7591 §3): the characters of a bearer token, RFC 6750 §2.1.
   * Default: none, so that anyone can register a client.
   */
  initialAccessToken?: string
  /** The form of the access tokens that clients are issued, unless a client has its own. Default `jwt`. */
  accessTokenFormat?: AccessTokenFormat
  /** Where split tokens are published besides `issuer.splitTokens`. Default: nowhere. */
  splitTokens?: SplitTokenOptions
  /** Says what claims access tokens have, besides the configured ones of user and client. Default: no others. */
  claims?: ClaimsProvider
  /** How long `claims` may take, in milliseconds of real time. Default 5,000. */
  claimsTimeoutMs?: number
  /** The rules that the issuer is to let pass, by name: see `laxities`. Default: none. */
  lax?: readonly Laxity[]
  /**
   * A page at `/dashboard` that shows and changes what the issuer is doing: for people, on this machine. Default `false`. An object
   * opens it to more host names than loopback's.
   */
  dashboard?: boolean | DashboardOptions
  /**
   * Told of faults in the issuer, in the contract's schema or in `claims`, which the client sees as a bare 500, and of what could not be
   * sent to others. Default: not told.
   */
  onError?: (error: unknown) => void
}
