import type { Fetch, ServerMetadata } from '@bailiwick/protocol'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ClientAuthentication, SigningKey } from './client-authentication.js'

/** Which client of which authorization server, and what it does by itself. */
export interface ClientOptions<Claims = IdTokenClaims> {
  /** The issuer identifier, exactly as the server has it: a trailing slash counts. `https`, loopback aside. */
  readonly issuer: string
  /** As the server has registered it. */
  readonly clientId: string
  /** How the client proves who it is. `{ method: 'none' }` for a public client. */
  readonly authentication: ClientAuthentication
  /**
   * Where the server sends the browser back to, exactly as registered. It is what the server is told and what a callback is measured
   * by, and is never taken from a request. Needed for `startLogin`.
   */
  readonly redirectUri?: string | undefined
  /** What a login asks for unless it says otherwise, space-separated. Default `openid`. */
  readonly scope?: string | undefined
  /**
   * What the claims of an ID token must look like: any Standard Schema, such as one of zod. It sees the verified claims, and what it makes of
   * them is `tokens.claims`. Claims that do not fit are `response_invalid`, and in a refresh
   * left out: those of before stand. Default: the claims as they came.
   */
  readonly claims?: StandardSchemaV1<unknown, Claims> | undefined
  /** Asks for tokens that only the holder of a key can use (RFC 9449). Default: bearer tokens. */
  readonly dpop?: ClientDpopOptions | undefined
  /** Signs the parameters of a login (RFC 9101), so that nobody in between can change them. Default: not signed. */
  readonly requestObject?: SigningKey | undefined
  /**
   * Hands the parameters of a login to the server directly (RFC 9126), and the browser a reference. Default `when-supported`; `required`
   * refuses to log in at a server without it.
   */
  readonly pushedAuthorizationRequests?: 'when-supported' | 'required' | 'never' | undefined
  /** How long a started login may take, in seconds. Default 600; 30 to 86,400. */
  readonly loginTimeoutSeconds?: number | undefined
  /** What the server would publish, for one that publishes nothing: no discovery then. `issuer` must be the one above. */
  readonly metadata?: ServerMetadata | undefined
  /** The time for one exchange with the server, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined
  /** How far the clocks may be apart when an ID token is checked, in seconds, beyond what the `Date` header of the server tells. Default 30; at most 300. */
  readonly clockToleranceSeconds?: number | undefined
  /** Default: the global `fetch`. For a proxy, a client certificate or a fake network. */
  readonly fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

/** The key of a client that uses DPoP. */
export interface ClientDpopOptions {
  /**
   * The pair; the private key need not be extractable. Default: one that is made at the first use and lives as long as the client: fine for
   * machines, and wrong for user sessions that outlive the process, since their tokens are bound to it.
   */
  readonly keyPair?: CryptoKeyPair | undefined
}

/** The claims of an ID token that are known, and the rest as it came (OpenID Connect Core §2). */
export interface IdTokenClaims {
  readonly iss: string
  /** The user, at this issuer. */
  readonly sub: string
  readonly aud: string | readonly string[]
  readonly exp: number
  readonly iat: number
  readonly auth_time?: number
  readonly acr?: string
  readonly amr?: readonly string[]
  readonly azp?: string
  readonly nonce?: string
  /** The session at the server: what a logout notice names. */
  readonly sid?: string
  readonly [claim: string]: unknown
}
