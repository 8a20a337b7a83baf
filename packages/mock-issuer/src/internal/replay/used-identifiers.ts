import { createExpiringMap } from '../expiring-map.js'

/** The identifiers (`jti`) of single-use JWTs that were taken already. */
export interface UsedIdentifiers {
  /**
   * Takes an identifier, and says whether this was the first time.
   *
   * @param owner who chose the identifier: two owners may choose the same
   * @param expiresAtMs when the JWT is refused for its age anyway, in milliseconds since the epoch
   */
  take(owner: string, identifier: string, expiresAtMs: number): boolean
}

const maxIdentifiers = 10_000

/** The longest `jti` that is taken, in characters: what is kept must have a bound. */
export const maxIdentifierCharacters = 512

/** Creates the memory of one issuer. Beyond 10,000 live identifiers the oldest are forgotten, and could be used again. */
export function createUsedIdentifiers({ now }: { now: () => number }): UsedIdentifiers {
  const used = createExpiringMap<true>({ now, maxEntries: maxIdentifiers })
  return {
    take(owner, identifier, expiresAtMs) {
      const key = JSON.stringify([owner, identifier])
      if (used.get(key) !== undefined) return false
      used.set(key, true, expiresAtMs)
      return true
    },
  }
}
