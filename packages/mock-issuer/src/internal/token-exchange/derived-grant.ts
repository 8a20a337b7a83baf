import type { Grant } from '../tokens/grant.js'

/** A grant that can be revoked by itself, and ends with the one that it comes of. */
export function deriveGrant(clientId: string, origin: Grant | undefined): Grant {
  let revoked = false
  return {
    clientId,
    // Read through: the origin may have more grants that come of it than it could remember.
    get revoked() {
      return revoked || origin?.revoked === true
    },
    set revoked(value) {
      revoked = value
    },
  }
}
