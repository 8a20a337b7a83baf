import type { Fetch } from '@bailiwick/protocol'
import type { IntrospectionCacheOptions } from './introspection-cache-options.js'
import type { IntrospectionClientOptions } from './introspection-client-options.js'
import type { JwtRulesOptions } from './jwt-rules-options.js'
import type { RevocationOptions } from './revocation-options.js'
import type { SenderConstraintOptions } from './sender-constraint-options.js'

/** Which authorization server is asked, as whom, how it answers, and what it has to say for a token to be accepted. */
export type IntrospectionVerifierOptions = IntrospectionSettings & IntrospectionResponseOptions

/** The form of the answers. One that has another form is no answer: the outcome is `introspection_unavailable`. */
export type IntrospectionResponseOptions = JsonResponseOptions | SignedResponseOptions | PhantomResponseOptions

/**
 * Plain JSON (RFC 7662 §2.2): what is said is as good as the TLS connection. A JWT in `jwt` or `phantom_token` is not among the claims. An
 * object that has a member twice is no answer.
 */
export interface JsonResponseOptions {
  /** Default: `json`. */
  response?: 'json' | undefined
}

/**
 * A JWT that the server signs for this client (RFC 9701), with what RFC 7662 has in its `token_introspection`. A server that answers
 * with plain JSON is not set up to sign for this client, and not believed.
 */
export interface SignedResponseOptions extends Pick<JwtRulesOptions, 'algorithms' | 'keys'> {
  /** Asked for with `Accept: application/token-introspection+jwt`. */
  response: 'signed'
}

/**
 * An access token as a JWT, in place of the opaque one: asked for with `Accept: application/jwt`, it is the body of the response, or
 * the member `phantom_token` or `jwt` of a JSON object with `active: true`; 204 says that the token is not active. The JWT is verified as
 * `createJwtVerifier` does it, with the same options. What the JSON object says beside it of issuer, audience, times, kind and `cnf` is
 * held to the checks of `json`; a `cnf` that is not just that of the JWT is refused. The claims are those of the JWT alone.
 *
 * A JWT with `token_introspection`, or with an `active` that is not `true`, is a signed response of some kind, and no answer here.
 */
export interface PhantomResponseOptions extends Pick<JwtRulesOptions, 'algorithms' | 'keys' | 'profile'> {
  /** Asked for with `Accept: application/jwt`. */
  response: 'phantom'
}

/** What holds for every form of answer. */
export interface IntrospectionSettings extends Pick<JwtRulesOptions, 'clockToleranceSeconds' | 'maxTokenAgeSeconds' | 'requiredClaims'> {
  /** The issuer, exactly as it is: an `iss` in what the server says is compared with it character by character. */
  issuer: string
  /**
   * What the server says in `aud` of tokens for this API; one of several suffices. RFC 7662 leaves `aud` to the server, and a token
   * without it is refused: have the server say it, or give `null` if it answers `active: true` for tokens of this API alone.
   */
  audience: string | readonly string[] | null
  /** Who the API is to the server. */
  client: IntrospectionClientOptions
  /**
   * The URL to ask. `https`, or `http` on loopback. Default: `introspection_endpoint` of the issuer's metadata, looked up when the first
   * token comes, and kept.
   */
  endpoint?: string | undefined
  /** The largest token, in characters, which are a byte each. Default: 16,384. */
  maxTokenBytes?: number | undefined
  /** The largest response, in bytes. Default: 65,536. */
  maxResponseBytes?: number | undefined
  /**
   * How long the server may take, in milliseconds, from 1 to 60,000; discovery has as long once more, and so have the keys of signed
   * answers. Default: 5,000.
   */
  timeoutMs?: number | undefined
  /**
   * The requests that are under way at once; what would be one more is `introspection_unavailable`. One that is cut off and never ends, as
   * on Workers, counts for fifteen times `timeoutMs`, and a minute at least. Default: 1,000.
   */
  maxConcurrentRequests?: number | undefined
  /** What is kept of the answers. `false`: nothing is, and every verification asks the server. See `IntrospectionCacheOptions`. */
  cache?: IntrospectionCacheOptions | false | undefined
  /** Which tokens that are bound to their senders are accepted, and how the sender is checked. Default: plain bearer tokens alone. */
  senderConstraint?: SenderConstraintOptions | undefined
  /** How else it is found out that a token was revoked. Default: it is not; the server's answer counts. */
  revocation?: RevocationOptions | undefined
  /** For introspection, discovery and keys; not for a `KeySource`, which has its own. Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: (() => number) | undefined
}
