import type { JsonWebKeySet } from './key-source.js'

/**
 * A cached key set to carry from one run to the next, as JSON. It holds public keys only, but whoever can write it decides
 * whose tokens are accepted: store it where nobody else can write.
 */
export interface JwksSnapshot {
  readonly jwks: JsonWebKeySet
  /** The URL that it was fetched from. */
  readonly jwksUri: string
  /** The issuer whose metadata named the URL, if it was discovered. */
  readonly issuer?: string
  /** The `ETag` of the response, for revalidation. */
  readonly etag?: string
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number
  /** When it ceases to be fresh, in milliseconds since the epoch. */
  readonly expiresAt: number
}
