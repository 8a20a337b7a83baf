import { createExpiringMap } from '../expiring-map.js'
import { sha256Base64url } from '../sha256.js'
import type { Grant } from './grant.js'

/** The ID tokens that were issued and have not expired, as far as their grants: an ID token of a grant that has ended is worth nothing. */
export interface IssuedIdTokens {
  /** Remembers a token until its `exp`; one without such a number is no ID token, and is not remembered. */
  add(token: string, grant: Grant, exp: unknown): Promise<void>
  /** The grant of a token that was issued here and is within its time, whether or not it was revoked. */
  findGrant(token: string): Promise<Grant | undefined>
}

const maxTokens = 10_000

/** Creates the memory of one issuer; beyond 10,000 live tokens the oldest are forgotten, and then count as unknown. */
export function createIssuedIdTokens({ now }: { now: () => number }): IssuedIdTokens {
  const grants = createExpiringMap<Grant>({ now, maxEntries: maxTokens })
  return {
    async add(token, grant, exp) {
      if (typeof exp === 'number' && Number.isFinite(exp)) grants.set(await signedPartHash(token), grant, exp * 1000)
    },
    findGrant: async (token) => grants.get(await signedPartHash(token)),
  }
}

// Without the signature: whoever has one of ECDSA can make another that is as valid.
function signedPartHash(token: string): Promise<string> {
  return sha256Base64url(token.slice(0, token.lastIndexOf('.')))
}
