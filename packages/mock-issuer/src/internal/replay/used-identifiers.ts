import { createExpiringMap } from '../expiring-map.js'
import { OAuthRefusal } from '../http/oauth-refusal.js'

/** What single-use JWTs are for: each use has its own memory, so that keys that anyone can make fill up that of proofs alone. */
export type IdentifierUse = 'client-assertion' | 'dpop-proof' | 'assertion-grant'

/** The identifiers (`jti`) of single-use JWTs that were taken already. */
export interface UsedIdentifiers {
  /**
   * Takes an identifier, and says why the JWT must be refused: what completes a sentence that begins with it. `undefined` when this was
   * the first time, and it is remembered.
   *
   * @throws {OAuthRefusal} `temporarily_unavailable`, 503, when it cannot be told: it was not used, as far as is known, and there is no
   * room to remember it
   * @param owner who chose the identifier, such as a client or a key: two owners may choose the same
   * @param expiresAtMs when the JWT is refused for its age anyway, in milliseconds since the epoch
   */
  take(use: IdentifierUse, owner: string, identifier: string, expiresAtMs: number): IdentifierProblem | undefined
}

/** What is wrong with an identifier. */
export type IdentifierProblem = 'was used before'

const maxIdentifiers = 20_000
const maxIdentifiersPerOwner = 5_000

/** The longest `jti` that is taken, in characters: what is kept must have a bound. */
export const maxIdentifierCharacters = 512

/**
 * Creates the memory of one issuer. None is forgotten before its time, since what was forgotten could be replayed: with 5,000 live
 * identifiers of an owner, or 20,000 of a use, further ones are refused until some have expired. So who makes enough of them can keep
 * others waiting, and can never have a JWT taken twice.
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
        throw new OAuthRefusal(
          'temporarily_unavailable',
          'Too many identifiers (jti) are remembered to take another. Use fewer, or wait.',
          503,
        )
      }
      used[use].set(key, owner, expiresAtMs)
      return undefined
    },
  }
}
