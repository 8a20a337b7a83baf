import { VerificationError } from '@bailiwick/protocol'
import type { AccessTokenVerifier } from '@bailiwick/protocol'
import type { UncheckedClaims } from '@bailiwick/guard'
import { tokenWith } from './principal.js'

/** A verifier that knows its tokens by heart, and rejects all others. */
export function verifierOf(tokens: Readonly<Record<string, UncheckedClaims>>): AccessTokenVerifier {
  const verified = new Map(Object.entries(tokens).map(([token, claims]) => [token, tokenWith(claims)]))
  return {
    issuers: ['https://login.example.com'],
    verify: async (token) =>
      verified.get(token) ?? failWith(new VerificationError('invalid_token', 'token_expired', 'the token has expired')),
  }
}

/** A verifier that rejects every token with this. */
export function verifierThatRejectsWith(cause: unknown): AccessTokenVerifier {
  return { verify: async () => failWith(cause) }
}

function failWith(cause: unknown): never {
  throw cause
}

/** A request with this `Authorization` header, or none. */
export function requestFor(authorization?: string, url = '/accounts/42/orders?page=2', method = 'GET') {
  return { method, url, headers: new Headers(authorization === undefined ? {} : { authorization }) }
}
