import type { Fetch } from '@bailiwick/protocol'
import type { JwtRulesOptions } from '../src/jwt-rules-options.js'
import { createMultiIssuerVerifier, type MultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import type { MultiIssuerVerifierOptions } from '../src/multi-issuer-verifier-options.js'
import { createTestKey } from './token-factory.js'
import { claims, now } from './verifier-fixture.js'

export const home = 'https://login.example.com'
export const partner = 'https://partner.example.net'
export const homeAudience = 'orders-api'
export const partnerAudience = 'https://api.example.com/orders'

/** Both have the same `kid`: it is the issuer that tells whose key it is. */
export const homeKey = await createTestKey('2026', 'ES256')
export const partnerKey = await createTestKey('2026', 'ES256')

export const homeClaims = { ...claims, iss: home, aud: homeAudience }
export const partnerClaims = { ...claims, iss: partner, aud: partnerAudience }

export const homeRules: JwtRulesOptions = { issuer: home, audience: homeAudience, keys: { jwks: { keys: [homeKey.jwk] } } }
export const partnerRules: JwtRulesOptions = { issuer: partner, audience: partnerAudience, keys: { jwks: { keys: [partnerKey.jwk] } } }

/** A verifier of both, on a clock that stands still, and what it fetched. */
export function createPair(options: Partial<MultiIssuerVerifierOptions> = {}): { verifier: MultiIssuerVerifier; fetched: string[] } {
  const { fetch, fetched } = createRecordingFetch()
  return { verifier: createMultiIssuerVerifier({ issuers: [homeRules, partnerRules], fetch, now: () => now, ...options }), fetched }
}

/** A network in which everything is down, and which remembers what was asked of it. */
export function createRecordingFetch(): { fetch: Fetch; fetched: string[] } {
  const fetched: string[] = []
  const fetch: Fetch = (url) => {
    fetched.push(url)
    return Promise.reject(new TypeError('fetch failed'))
  }
  return { fetch, fetched }
}
