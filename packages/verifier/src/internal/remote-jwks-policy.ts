import type { RefreshingPolicy } from '@bailiwick/protocol'
import type { RemoteJwksSettings } from '../remote-jwks-options.js'
import { checkNumber } from './options.js'

/** Every option of `createRemoteJwks`, including its location. */
export const remoteJwksOptionNames = [
  'jwksUri',
  'issuer',
  'ttlMs',
  'minTtlMs',
  'maxTtlMs',
  'staleIfErrorMs',
  'cooldownMs',
  'maxBackoffMs',
  'timeoutMs',
  'maxBytes',
  'maxKeys',
  'seed',
  'fetch',
  'now',
  'sleep',
  'random',
] as const satisfies readonly (keyof RemoteJwksSettings | 'jwksUri' | 'issuer')[]

/** When a key set is refreshed, and when it is dropped. */
export function resolvePolicy(options: RemoteJwksSettings): RefreshingPolicy {
  const minIntervalMs = checkNumber('cooldownMs', options.cooldownMs ?? 1000, { min: 1 })
  const ttlMs = checkNumber('ttlMs', options.ttlMs ?? 600_000, { min: minIntervalMs })
  const minTtlMs = checkNumber('minTtlMs', options.minTtlMs ?? Math.max(minIntervalMs, Math.min(60_000, ttlMs)), {
    min: minIntervalMs,
    max: ttlMs,
  })
  const maxTtlMs = checkNumber('maxTtlMs', options.maxTtlMs ?? Math.max(3_600_000, ttlMs), { min: ttlMs })
  const { timeoutMs } = resolveLimits(options)
  return {
    ttlMs,
    minTtlMs,
    maxTtlMs,
    staleIfErrorMs: checkNumber('staleIfErrorMs', options.staleIfErrorMs ?? 3_600_000, { min: 0 }),
    minIntervalMs,
    maxBackoffMs: checkNumber('maxBackoffMs', options.maxBackoffMs ?? Math.max(60_000, minIntervalMs), { min: minIntervalMs }),
    // Discovery and the fetch have their own limits; this one is for a clock that jumps meanwhile.
    abandonAfterMs: timeoutMs * 6,
  }
}

/** The limits of one fetch. */
export function resolveLimits(options: RemoteJwksSettings): { timeoutMs: number; maxBytes: number; maxKeys: number } {
  return {
    timeoutMs: checkNumber('timeoutMs', options.timeoutMs ?? 5000, { min: 1 }),
    maxBytes: checkNumber('maxBytes', options.maxBytes ?? 262_144, { min: 1 }),
    maxKeys: checkNumber('maxKeys', options.maxKeys ?? 100, { min: 1 }),
  }
}
