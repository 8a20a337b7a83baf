import { createExpiringMap } from '../expiring-map.js'

/** What single-use JWTs are for: each use has its own memory, so that keys that anyone can make fill up that of proofs alone. */
export type IdentifierUse = 'client-assertion' | 'dpop-proof' | 'assertion-grant'

/** The identifiers (`jti`) of single-use JWTs that were taken already. */
export interface UsedIdentifiers {
  /**
   * Takes an identifier, and says why the JWT must be refused: what completes a sentence that begins with it. `undefined` when this was
   * the first time, and it is remembered.
   *
   * @param owner who chose the identifier, such as a client or a key: two owners may choose the same
   * @param expiresAtMs when the JWT is refused for its age anyway, in milliseconds since the epoch
   */
  take(use: IdentifierUse, owner: string, identifier: string, expiresAtMs: number): IdentifierProblem | undefined
}

/** What is wrong with an identifier. */
export type IdentifierProblem =
  | 'was used before'
  | 'cannot be told from one that was used: too many others are remembered. Use fewer, or wait until they have expired'

const maxIdentifiers = 20_000
const maxIdentifiersPerOwner = 5_000

/** The longest `jti` that is taken, in characters: what is kept must have a bound. */
export const maxIdentifierCharacters = 512

/**
 * Creates the memory of one issuer. None is forgotten before its time: with 5,000 live identifiers of an owner, or 20,000 of a use, further
 * ones are refused.
 */
export function createUsedIdentifiers({ now }: { now: () => number }): UsedIdentifiers {
  const create = () =>
    createExpiringMap<string>({
      now,
      maxEntries: maxIdentifiers,
      maxEntriesPerOwner: maxIdentifiersPerOwner,
      ownerOf: (owner) => owner,
    })
  const used = { 'client-assertion': create(), 'dpop-proof': create(), 'assertion-grant': create() }
  return {
    take(use, owner, identifier, expiresAtMs) {
      const key = JSON.stringify([owner, identifier])
      if (used[use].get(key) !== undefined) return 'was used before'
      if (!used[use].hasRoom(owner)) {
        return 'cannot be told from one that was used: too many others are remembered. Use fewer, or wait until they have expired'
      }
      used[use].set(key, owner, expiresAtMs)
      return undefined
    },
  }
}
