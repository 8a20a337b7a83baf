import type { Grant } from '../tokens/grant.js'

/** What a grant comes of: a token, which can be revoked by itself, and the grant of that. */
export interface GrantOrigin {
  /** `undefined` for a token that cannot be revoked by itself. */
  readonly token?: { readonly revoked: boolean } | undefined
  readonly grant: Grant
}

interface Derivation {
  revoked: boolean
  readonly origin: GrantOrigin | undefined
}

const derivations = new WeakMap<Grant, Derivation>()

/** A grant that can be revoked by itself, and ends with the token that it comes of and with the grant of that. */
export function deriveGrant(clientId: string, origin: GrantOrigin | undefined): Grant {
  const own: Derivation = { revoked: false, origin }
  const grant = {
    clientId,
    // Read through: the origin may have more grants that come of it than it could remember.
    get revoked() {
      return hasEnded(own)
    },
    set revoked(value) {
      own.revoked = value
    },
  }
  derivations.set(grant, own)
  return grant
}

// A loop, since what comes of an exchange can be exchanged again, more often than calls can be nested.
function hasEnded(own: Derivation): boolean {
  let current: Derivation = own
  while (!current.revoked && current.origin !== undefined) {
    const { token, grant } = current.origin
    const before = derivations.get(grant)
    if (token?.revoked) return true
    if (before === undefined) return grant.revoked
    current = before
  }
  return current.revoked
}
