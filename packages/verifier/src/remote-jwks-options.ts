import type { Fetch, RefreshingPolicy } from '@bailiwick/protocol'
import type { JwksLocation } from './internal/jwks-location.js'
import type { JwksSnapshot } from './internal/jwks-snapshot.js'
import { checkNumber } from './internal/options.js'

/** How a remote key set is kept. The defaults suit an API in production; times are in milliseconds. */
export interface RemoteJwksSettings {
  /** How long a key set is used when the issuer's `Cache-Control` does not say. Default: 600,000 (10 minutes). */
  ttlMs?: number
  /** The least that a `max-age` may shorten it to. Default: 60,000. */
  minTtlMs?: number
  /** The most that a `max-age` may lengthen it to, and so the longest that a withdrawn key is accepted. Default: 3,600,000. */
  maxTtlMs?: number
  /** How long after that the keys stay usable while the issuer cannot be reached. Default: 3,600,000 (1 hour); 0 for not at all. */
  staleIfErrorMs?: number
  /** The shortest time between two fetches, and the first pause after a failure. Default: 1,000. */
  cooldownMs?: number
  /** The longest pause after repeated failures, before jitter. Default: 60,000. */
  maxBackoffMs?: number
  /** The limit of one fetch, body included. Default: 5,000. */
  timeoutMs?: number
  /** The largest document. Default: 262,144. */
  maxBytes?: number
  /** The most keys; a set with more is refused whole. Default: 100. */
  maxKeys?: number
  /** What `export()` gave in an earlier run: verification starts without a fetch. */
  seed?: JwksSnapshot
  /** Default: the global `fetch`. */
  fetch?: Fetch
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: () => number
  /** Waits; by default with `setTimeout`. */
  sleep?: (milliseconds: number) => Promise<void>
  /** In [0, 1); spreads the refreshes of many processes. Default: `Math.random`. */
  random?: () => number
}

/** Where the key set is (`jwksUri`, or an `issuer` whose metadata says), and how it is kept. */
export type RemoteJwksOptions = JwksLocation & RemoteJwksSettings

export function resolvePolicy(options: RemoteJwksSettings): Omit<RefreshingPolicy, 'abandonAfterMs'> {
  const minIntervalMs = checkNumber('cooldownMs', options.cooldownMs ?? 1000, { min: 1 })
  const ttlMs = checkNumber('ttlMs', options.ttlMs ?? 600_000, { min: minIntervalMs })
  const minTtlMs = checkNumber('minTtlMs', options.minTtlMs ?? Math.min(60_000, ttlMs), { min: minIntervalMs, max: ttlMs })
  const maxTtlMs = checkNumber('maxTtlMs', options.maxTtlMs ?? Math.max(3_600_000, ttlMs), { min: ttlMs })
  return {
    ttlMs,
    minTtlMs,
    maxTtlMs,
    staleIfErrorMs: checkNumber('staleIfErrorMs', options.staleIfErrorMs ?? 3_600_000, { min: 0 }),
    minIntervalMs,
    maxBackoffMs: checkNumber('maxBackoffMs', options.maxBackoffMs ?? 60_000, { min: minIntervalMs }),
  }
}

export function resolveLimits(options: RemoteJwksSettings): { timeoutMs: number; maxBytes: number; maxKeys: number } {
  return {
    timeoutMs: checkNumber('timeoutMs', options.timeoutMs ?? 5000, { min: 1 }),
    maxBytes: checkNumber('maxBytes', options.maxBytes ?? 262_144, { min: 1 }),
    maxKeys: checkNumber('maxKeys', options.maxKeys ?? 100, { min: 1 }),
  }
}
