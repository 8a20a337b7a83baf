import type { IssuerClient } from './client.js'
import type { IssuerContract } from './contract.js'
import type { Laxity } from './laxity.js'
import type { SigningAlgorithm } from './signing-algorithm.js'
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
  /** The time that the issuer's clock starts from, in milliseconds since the epoch. Default `Date.now`. */
  now?: () => number
  /** The rules that the issuer is to let pass, by name: see `laxities`. Default: none. */
  lax?: readonly Laxity[]
  /** Told of faults in the issuer or in the contract's schema, which the client sees as a bare 500. Default: not told. */
  onError?: (error: unknown) => void
}
