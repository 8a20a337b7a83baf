import type { IssuerUser } from '../../user.js'

// What people type to log in elsewhere (OpenID Connect Core 1.0 §3.1.2.1, login_hint).
const hintClaims = ['email', 'preferred_username', 'phone_number']

/** Whether a `login_hint` names this user: the `sub`, an email address, a user name or a telephone number, exactly. */
export function matchesLoginHint({ sub, profile }: IssuerUser, hint: string): boolean {
  return sub === hint || hintClaims.some((claim) => profile?.[claim] === hint)
}
