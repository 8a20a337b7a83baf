import { ConfigurationError, type RefreshingState } from '@bailiwick/protocol'
import type { JsonWebKeySet } from '../key-source.js'
import type { JwksDocument } from './jwks-document.js'
import { parseKeySet } from './key-set.js'

/** A key set to carry from one run to the next. It holds public keys alone; store it where nobody else can write. */
export interface JwksSnapshot {
  readonly jwks: JsonWebKeySet
  readonly jwksUri: string
  readonly etag?: string
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number
  readonly expiresAt: number
}

/** The key set as it is held, in a form that can be stored. */
export function takeSnapshot(document: JwksDocument | undefined, state: RefreshingState): JwksSnapshot | undefined {
  if (document === undefined || state.loadedAt === undefined || state.freshUntil === undefined) return undefined
  return {
    jwks: { keys: document.keySet.keys.map(({ jwk }) => jwk) },
    jwksUri: document.uri,
    ...(document.etag !== undefined && { etag: document.etag }),
    fetchedAt: state.loadedAt,
    expiresAt: state.freshUntil,
  }
}

/** A stored key set, read with the same limits as a fetched one; its time is bounded anew. */
export function restoreSnapshot(seed: JwksSnapshot, limits: { maxKeys: number; maxTtlMs: number }) {
  const { jwks, jwksUri, etag, fetchedAt, expiresAt } = seed
  if (!Number.isFinite(fetchedAt) || !Number.isFinite(expiresAt) || typeof jwksUri !== 'string') throw notASnapshot()
  try {
    const value: JwksDocument = { uri: jwksUri, etag, keySet: parseKeySet(jwks, limits) }
    return { value, loadedAt: fetchedAt, expiresAt: Math.min(expiresAt, fetchedAt + limits.maxTtlMs) }
  } catch (cause) {
    throw notASnapshot(cause)
  }
}

function notASnapshot(cause?: unknown): ConfigurationError {
  return new ConfigurationError('seed must be what export() gave in an earlier run; leave it out to start without one', { cause })
}
