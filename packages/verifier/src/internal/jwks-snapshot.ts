import { ConfigurationError, parseSecureUrl, type RefreshingOptions, type RefreshingState } from '@bailiwick/protocol'
import type { JwksSnapshot } from '../jwks-snapshot.js'
import type { JwksLocation } from '../remote-jwks-options.js'
import { type JwksDocument, sendableEtag } from './jwks-document.js'
import { parseKeySet } from './key-set.js'

/** The cached key set, in a form that can be stored. */
export function takeSnapshot(document: JwksDocument | undefined, state: RefreshingState, location: JwksLocation): JwksSnapshot | undefined {
  if (document === undefined || state.loadedAt === undefined || state.freshUntil === undefined) return undefined
  return {
    jwks: { keys: document.keySet.keys.map(({ jwk }) => jwk) },
    jwksUri: document.uri,
    ...('issuer' in location && { issuer: location.issuer }),
    ...(document.etag !== undefined && { etag: document.etag }),
    fetchedAt: state.loadedAt,
    expiresAt: state.freshUntil,
  }
}

/**
 * Restores a stored key set, with the limits of a fetched one; its expiry is bounded again. One for another location, such as a
 * test environment, is ignored: its keys must not be trusted here.
 */
export function restoreSnapshot(
  seed: JwksSnapshot,
  location: JwksLocation,
  limits: { maxKeys: number; maxTtlMs: number },
): RefreshingOptions<JwksDocument>['seed'] {
  if (typeof seed !== 'object' || seed === null) throw notASnapshot()
  const { jwks, jwksUri, issuer, etag, fetchedAt, expiresAt } = seed
  if (!Number.isFinite(fetchedAt) || !Number.isFinite(expiresAt) || typeof jwksUri !== 'string') throw notASnapshot()
  if (parseSecureUrl(jwksUri) === undefined) throw notASnapshot()
  if ('jwksUri' in location ? jwksUri !== location.jwksUri : issuer !== location.issuer) return undefined
  try {
    const value: JwksDocument = { uri: jwksUri, etag: sendableEtag(etag), keySet: parseKeySet(jwks, limits) }
    return { value, loadedAt: fetchedAt, expiresAt: Math.min(expiresAt, fetchedAt + limits.maxTtlMs) }
  } catch (cause) {
    throw notASnapshot(cause)
  }
}

function notASnapshot(cause?: unknown): ConfigurationError {
  return new ConfigurationError('seed must be what export() gave in an earlier run; leave it out to start without one', { cause })
}
