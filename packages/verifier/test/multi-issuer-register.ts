import type { JwtRulesOptions } from '../src/jwt-rules-options.js'
import { createMultiIssuerVerifier } from '../src/multi-issuer-verifier.js'
import type { IssuerResolver, MultiIssuerVerifierOptions } from '../src/multi-issuer-verifier-options.js'
import { createFakeClock } from './fake-clock.js'
import {
  createRecordingFetch,
  home,
  homeClaims,
  homeKey,
  homeRules,
  partner,
  partnerClaims,
  partnerKey,
  partnerRules,
} from './multi-issuer-fixture.js'

/** They last longer than any answer about their issuers. */
export const token = await homeKey.sign({ ...homeClaims, exp: homeClaims.exp + 86_400 })
export const partnerToken = await partnerKey.sign({ ...partnerClaims, exp: partnerClaims.exp + 86_400 })

/** A register of issuers that can be changed, with what it was asked, and a verifier that asks it. */
export function createRegister(resolver: Partial<IssuerResolver> = {}, options: Partial<MultiIssuerVerifierOptions> = {}) {
  const clock = createFakeClock()
  const { fetch, fetched } = createRecordingFetch()
  const register = new Map<string, JwtRulesOptions | undefined>([
    [home, homeRules],
    [partner, partnerRules],
  ])
  const trusted = new Set([home, partner])
  const asked: string[] = []
  const predicated: string[] = []
  const verifier = createMultiIssuerVerifier({
    issuers: {
      isTrusted: (issuer) => predicated.push(issuer) > 0 && trusted.has(issuer),
      resolve: (issuer) => {
        asked.push(issuer)
        return register.get(issuer)
      },
      ...resolver,
    },
    fetch,
    now: clock.now,
    ...options,
  })
  return { clock, fetched, register, trusted, asked, predicated, verifier }
}
