/**
 * What a server says of a user: the standard claims, as far as it does and in the types that they have to have, and the rest as it came.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims OpenID Connect Core §5.1}
 */
export interface UserInfo {
  /** The user, at this issuer: the same as in the ID token. */
  readonly sub: string
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly middle_name?: string
  readonly nickname?: string
  /** May change, and be that of another user later: tell users by `sub`. */
  readonly preferred_username?: string
  readonly profile?: string
  readonly picture?: string
  readonly website?: string
  readonly email?: string
  /** Left out where a server writes it as a text. */
  readonly email_verified?: boolean
  readonly gender?: string
  /** `YYYY-MM-DD`, or a year. */
  readonly birthdate?: string
  readonly zoneinfo?: string
  readonly locale?: string
  readonly phone_number?: string
  readonly phone_number_verified?: boolean
  readonly address?: UserAddress
  /** Seconds since the epoch. */
  readonly updated_at?: number
  readonly [claim: string]: unknown
}

/** The claim `address`; its members are as the server wrote them (OpenID Connect Core §5.1.1). */
export interface UserAddress {
  readonly [member: string]: unknown
}
