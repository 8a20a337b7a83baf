import type { VerifiedAccessToken } from '@bailiwick/protocol'
import type { GuardContext, Principal, UncheckedClaims } from '@bailiwick/guard'

/** A principal as a guard gets it, without a contract in between. */
export function principalWith(members: Partial<Principal> = {}): Principal {
  return {
    kind: 'user',
    sub: 'john',
    clientId: 'web',
    issuer: 'https://login.example.com',
    expiresAt: 2_000_000_000,
    acr: undefined,
    authenticatedAt: undefined,
    scopes: [],
    roles: [],
    permissions: [],
    claims: {},
    ...members,
  }
}

/** A request whose route has these path parameters. */
export function requestWith(params: Readonly<Record<string, unknown>> = {}): GuardContext {
  return { request: { method: 'GET', url: '/accounts/42/orders?page=2', headers: new Headers() }, params }
}

/** A token as a verifier hands it out. */
export function tokenWith(claims: UncheckedClaims): VerifiedAccessToken {
  return { issuer: 'https://login.example.com', expiresAt: 2_000_000_000, claims }
}
