import type { IssuerUser } from '../../user.js'

// The claims that each scope releases (OpenID Connect Core 1.0 §5.4).
const claimsOfScope: Readonly<Record<string, readonly string[]>> = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
}

/** The part of a user's profile that the scopes release; claims that OpenID Connect does not define are never part of it. */
export function releasedProfile({ name, profile }: IssuerUser, scopes: readonly string[]): Record<string, unknown> {
  const known: Record<string, unknown> = { name, ...profile }
  const released = scopes.flatMap((scope) => claimsOfScope[scope] ?? []).filter((claim) => known[claim] !== undefined)
  return Object.fromEntries(released.map((claim) => [claim, known[claim]]))
}
