import type { TokenPresentation, VerifiedAccessToken } from '@bailiwick/protocol'
import { AccessTokenError } from '../src/access-token-error.js'
import type { ConfirmingVerifier } from '../src/hybrid-verifier-options.js'
import { createVerifier, issuer, nowSeconds } from './verifier-fixture.js'

export const request = { method: 'POST', url: '/payments', headers: new Headers() }
export const presentation: TokenPresentation = { scheme: 'Bearer', request }

/** A verifier of JWTs, and the tokens that it was given. */
export function createWatchedJwt(options: Parameters<typeof createVerifier>[0] = {}) {
  const verifier = createVerifier(options)
  const given: string[] = []
  const verify: typeof verifier.verify = (token, presented) => {
    given.push(token)
    return verifier.verify(token, presented)
  }
  return { ...verifier, verify, given }
}

export const opaque: VerifiedAccessToken = Object.freeze({ issuer, expiresAt: nowSeconds + 60, claims: Object.freeze({ sub: 'john' }) })

/** Takes every token for active but `inactive`, and remembers what it was asked. */
export function createWatchedIntrospection(confirm?: ConfirmingVerifier['confirm']) {
  const given: string[] = []
  const confirmed: string[] = []
  const inactive = new Set<string>()
  return {
    given,
    confirmed,
    inactive,
    issuers: [issuer],
    verify(token: string): Promise<VerifiedAccessToken> {
      given.push(token)
      return inactive.has(token) ? Promise.reject(new AccessTokenError('token_inactive')) : Promise.resolve(opaque)
    },
    confirm(token: string): Promise<VerifiedAccessToken> {
      confirmed.push(token)
      if (confirm !== undefined) return confirm(token)
      return inactive.has(token) ? Promise.reject(new AccessTokenError('token_inactive')) : Promise.resolve(opaque)
    },
  }
}
