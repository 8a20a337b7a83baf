import type { AccessTokenClaims } from '@bailiwick/protocol'
import type { StandardSchemaV1 } from '@standard-schema/spec'

/** What `defineContract` is given: what an API expects of its access tokens. */
export interface ContractDefinition<Claims, Scopes, Permissions> {
  /** The `aud` of the API's access tokens. Pass it on to the verifier: the contract itself does not check it. */
  readonly audience: string
  /**
   * A Standard Schema for the claims, such as `z.object({ … })`. It is given *all* claims of the token, and its output is what
   * `principal.claims` holds: what it drops is gone, what it adds or converts is there. It may be asynchronous; it must not
   * have effects. If it throws or rejects, the request is answered with 503. (zod starts an asynchronous refinement twice and
   * leaves the first run's rejection unhandled, which can end a process: catch inside of it.)
   *
   * Default: claims stay as they were issued, of type `unknown`.
   *
   * @see {@link https://standardschema.dev Standard Schema}
   */
  readonly claims?: StandardSchemaV1<unknown, Claims>
  /** The scopes that the API knows, by name. Scopes of a token that are not listed here are ignored. */
  readonly scopes: Scopes
  /**
   * What each role may do; `[]` for a role that the API knows by its name alone. Roles of a token that are not listed here carry no
   * permission. Default: no role carries any, and the contract's `role` takes every name.
   */
  readonly permissions?: Permissions
  /** Where in the token to find what is not at its usual place. */
  readonly locations?: ClaimLocations
  /**
   * Tells a machine from a user by the token's claims. Default: it is a machine if there is no `sub`, or if `sub` is the client id
   * (`client_id`, else `azp`).
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9068#section-5 RFC 9068 §5}
   */
  readonly isMachine?: (claims: AccessTokenClaims) => boolean
}

/** One scope of a contract. */
export interface ScopeDefinition<Claim extends string = string> {
  /** What the scope allows, for people: shown in documentation and at login. */
  readonly description?: string
  /**
   * The claims that a token with this scope must have, neither absent nor `null` after the schema. A token with the scope and
   * without them breaks the contract and is refused as a whole with 403, since its issuer is misconfigured.
   */
  readonly claims?: readonly Claim[]
}

/** Where the token has its scopes, roles and permissions. */
export interface ClaimLocations {
  /**
   * Default `['scope', 'scp']`: the standard's claim or, in a token without it, that of some vendors. A value may be a
   * space-delimited string or an array of strings.
   */
  readonly scopes?: ClaimLocation
  /** Default `roles`. A value may be an array of strings, or one string, which is one role whatever characters are in it. */
  readonly roles?: ClaimLocation
  /** Permissions that the token lists itself, in addition to those that its roles stand for. As `roles`. Default: none. */
  readonly permissions?: ClaimLocation
}

/**
 * One place, several places of which the *first that is there* counts (they are not merged), or a function. A place is the name
 * of a claim or a path through nested objects, such as `realm_access.roles`, as in {@link claim}. The function gets all claims
 * as they were issued and returns what a claim would hold; if it throws, the request is answered with 503.
 */
export type ClaimLocation = string | readonly [string, ...string[]] | ((claims: AccessTokenClaims) => unknown)
