/** Claims whose types nobody has checked: what a contract without a schema gives. */
export type UncheckedClaims = Readonly<Record<string, unknown>>

/**
 * Who is calling, as one contract reads a verified access token. It is deeply frozen and never holds the token, so it can
 * be logged, serialised and kept. Requests with the same token share it: what freezing does not protect, class instances
 * that a schema makes of claims, must not be changed.
 *
 * @typeParam Claims the claims as the contract's schema gives them; behind a guard, narrowed by what the guard proves
 */
export interface Principal<out Claims = UncheckedClaims> {
  /** `machine` when the token speaks for a client alone: no `sub`, or `sub` is the client id (RFC 9068 §2.2, §5). */
  readonly kind: 'user' | 'machine'
  /** The subject. `undefined` when the token names none. */
  readonly sub: string | undefined
  /** The client that asked for the token: `client_id`, else `azp`. `undefined` when the token names none. */
  readonly clientId: string | undefined
  /** The issuer, as the verifier was configured with it. */
  readonly issuer: string
  /** When the token ends, in seconds since the epoch. */
  readonly expiresAt: number
  /** The authentication context class of the login (`acr`). `undefined` when the token does not say. */
  readonly acr: string | undefined
  /** When the user logged in, in seconds since the epoch (`auth_time`). `undefined` when the token does not say. */
  readonly authenticatedAt: number | undefined
  /** The granted scopes that the contract defines, without duplicates. Scopes that it does not define are left out. */
  readonly scopes: readonly string[]
  /** All roles that the token names, without duplicates. A role that the contract does not map carries no permission. */
  readonly roles: readonly string[]
  /** What the roles stand for in the contract, and what the token lists if the contract says where. */
  readonly permissions: readonly string[]
  /** The claims, as the schema of the contract gave them. */
  readonly claims: Claims
}
