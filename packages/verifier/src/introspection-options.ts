import type { Fetch } from '@bailiwick/protocol'
import type { IntrospectionCacheOptions } from './introspection-cache-options.js'
import type { IntrospectionClientOptions } from './introspection-client-options.js'
import type { JwtRulesOptions } from './jwt-rules-options.js'
import type { RevocationOptions } from './revocation-options.js'
import type { SenderConstraintOptions } from './sender-constraint-options.js'

/** Which authorization server is asked, as which client, in which response format, and which tokens are accepted. */
export type IntrospectionVerifierOptions = IntrospectionSettings & IntrospectionResponseOptions

/** The response format. A response in any other format is not used: the outcome is `introspection_unavailable`. */
export type IntrospectionResponseOptions = JsonResponseOptions | SignedResponseOptions | PhantomResponseOptions

/**
 * Plain JSON (RFC 7662 §2.2), protected by the TLS connection alone. A JWT in `jwt` or `phantom_token` is not copied to the
 * claims. A response with a duplicate member is not used.
 */
export interface JsonResponseOptions {
  /** Default: `json`. */
  response?: 'json' | undefined
}

/**
 * A JWT that the server signs for this client (RFC 9701), with the RFC 7662 response in its `token_introspection`. A plain JSON
 * response is not used: the server is not set up to sign for this client.
 */
export interface SignedResponseOptions extends Pick<JwtRulesOptions, 'algorithms' | 'keys'> {
  /** Requested with `Accept: application/token-introspection+jwt`. */
  response: 'signed'
}

/**
 * An access token as a JWT, in place of the opaque one. It is requested with `Accept: application/jwt`.
 *
 * - The JWT is the response body, or the member `phantom_token` or `jwt` of a JSON object with `active: true`. Status 204 means
 *   that the token is not active.
 * - The JWT is verified as by `createJwtVerifier`, with the same options. The claims are those of the JWT alone.
 * - What the JSON object says about issuer, audience, times, kind and `cnf` must pass the checks of `json`, and its `cnf` must
 *   equal that of the JWT.
 * - A JWT with `token_introspection`, or with an `active` other than `true`, is a signed introspection response and is not
 *   used.
 */
export interface PhantomResponseOptions extends Pick<JwtRulesOptions, 'algorithms' | 'keys' | 'profile'> {
  /** Requested with `Accept: application/jwt`. */
  response: 'phantom'
}

/** The options for every response format. */
export interface IntrospectionSettings extends Pick<JwtRulesOptions, 'clockToleranceSeconds' | 'maxTokenAgeSeconds' | 'requiredClaims'> {
  /** The issuer. An `iss` in the response must equal it, character by character. */
  issuer: string
  /**
   * The `aud` of tokens for this API; of a list, one match suffices. A token without `aud` is refused, and RFC 7662 makes `aud`
   * optional: configure the server to send it, or give `null` if it answers `active: true` only for tokens of this API.
   */
  audience: string | readonly string[] | null
  /** The client that this API is registered as. */
  client: IntrospectionClientOptions
  /**
   * The introspection endpoint: `https`, or `http` on loopback. Default: `introspection_endpoint` of the issuer's metadata,
   * discovered with the first token and cached.
   */
  endpoint?: string | undefined
  /** The largest token, in characters of a byte each. Default: 16,384. */
  maxTokenBytes?: number | undefined
  /** The largest response, in bytes. Default: 65,536. */
  maxResponseBytes?: number | undefined
  /**
   * The time limit of an introspection request, in milliseconds, from 1 to 60,000. Discovery, and fetching the keys of signed
   * responses, have the same limit each. Default: 5,000.
   */
  timeoutMs?: number | undefined
  /**
   * The maximum number of concurrent requests; beyond it the outcome is `introspection_unavailable`. A request that never
   * settles, because Workers cut it off, counts for 15 × `timeoutMs`, and for at least a minute. Default: 1,000.
   */
  maxConcurrentRequests?: number | undefined
  /** How answers are cached; see `IntrospectionCacheOptions`. `false`: they are not, and every verification asks the server. */
  cache?: IntrospectionCacheOptions | false | undefined
  /** Which sender-constrained tokens are accepted, and how the sender is checked. Default: plain bearer tokens only. */
  senderConstraint?: SenderConstraintOptions | undefined
  /** A revocation check besides the server's answer. Default: none. */
  revocation?: RevocationOptions | undefined
  /** Used for introspection, discovery and keys; a `KeySource` has its own. Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: (() => number) | undefined
}
