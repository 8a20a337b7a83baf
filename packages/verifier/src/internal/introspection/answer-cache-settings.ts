import { ConfigurationError } from '@bailiwick/protocol'
import { base64url } from 'jose'
import type { IntrospectionCacheOptions } from '../../introspection-cache-options.js'
import { checkNumber, checkOptionNames } from '../options.js'
import { isSecretBytes, minSecretBytes } from '../secret-bytes.js'

const cacheNames = [
  'store',
  'storeSecret',
  'maxTtlMs',
  'negativeTtlMs',
  'ignoreNoStore',
  'storeTimeoutMs',
] as const satisfies readonly (keyof IntrospectionCacheOptions)[]

/** The cache options, resolved. */
export interface AnswerCacheSettings extends Pick<IntrospectionCacheOptions, 'store'> {
  readonly maxTtlMs: number
  readonly negativeTtlMs: number
  readonly ignoreNoStore: boolean
  readonly storeTimeoutMs: number
  /** As base64url. */
  readonly storeSecret: string | undefined
}

/** The secret is copied. Whether it is random cannot be checked. */
export function resolveAnswerCache(cache: IntrospectionCacheOptions): AnswerCacheSettings {
  if (typeof cache !== 'object' || cache === null) throw new ConfigurationError('cache must be an object, false, or left out')
  checkOptionNames('cache', cache, cacheNames)
  const { store, ignoreNoStore = false } = cache
  if (typeof ignoreNoStore !== 'boolean') throw new ConfigurationError('cache.ignoreNoStore must be true or false')
  if (store !== undefined && !isStore(store)) throw new ConfigurationError('cache.store must be a store, with get, set and delete')
  return {
    store,
    storeSecret: resolveStoreSecret(cache),
    ignoreNoStore,
    maxTtlMs: checkNumber('cache.maxTtlMs', cache.maxTtlMs ?? 60_000, { min: 1, max: 86_400_000 }),
    negativeTtlMs: checkNumber('cache.negativeTtlMs', cache.negativeTtlMs ?? 10_000, { min: 0, max: 300_000 }),
    storeTimeoutMs: checkNumber('cache.storeTimeoutMs', cache.storeTimeoutMs ?? 500, { min: 1, max: 60_000 }),
  }
}

function resolveStoreSecret({ store, storeSecret }: IntrospectionCacheOptions): string | undefined {
  if (storeSecret === undefined) return undefined
  if (store === undefined) throw new ConfigurationError('cache.storeSecret needs cache.store: what is kept in memory is not sealed')
  if (isSecretBytes(storeSecret)) return base64url.encode(storeSecret)
  throw new ConfigurationError(`cache.storeSecret must be a Uint8Array of at least ${minSecretBytes} random bytes`)
}

function isStore(store: AnswerCacheSettings['store']): boolean {
  return [store?.get, store?.set, store?.delete].every((method) => typeof method === 'function')
}
