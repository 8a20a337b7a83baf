import type { JsonWebKeySet } from './key-source.js'

/**
 * A key set to carry from one run to the next, as JSON. It holds public keys alone, and whoever can write it decides whose
 * tokens are accepted: store it where nobody else can.
 */
export interface JwksSnapshot {
  readonly jwks: JsonWebKeySet
  /** Where it was fetched. */
  readonly jwksUri: string
  /** Whose metadata said so, if they were asked. */
  readonly issuer?: string
  /** The entity tag that it came with, to ask whether it has changed. */
  readonly etag?: string
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number
  /** When its time is over, in milliseconds since the epoch. */
  readonly expiresAt: number
}
