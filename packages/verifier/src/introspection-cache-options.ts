import type { Store } from '@bailiwick/protocol'

/** Where the server's answers are cached, and for how long. */
export interface IntrospectionCacheOptions {
  /**
   * Where answers are cached. Instances of an API that share a store share answers. Each answer is stored under a hash of the
   * token (with the issuer, `endpoint`, client, audience and response format) and encrypted with a key derived from the token,
   * so reading the store reveals nothing.
   *
   * Anyone who can *write* to the store can forge an active answer, for a token of their invention, unless `storeSecret` is
   * set. With `response: 'phantom'` the cached JWT is verified each time, so a forger also needs one that the issuer signed.
   *
   * Default: the memory of this process, for 10,000 answers and 32 MiB, and as much again for refused tokens.
   */
  store?: Pick<Store, 'get' | 'set' | 'delete'> | undefined
  /**
   * At least 32 random bytes, the same in all instances. It is copied. Answers in the `store` are encrypted with a key derived
   * from it and the token, so write access to the store is not enough to forge one. Whoever has write access can still delete
   * an answer, or restore an earlier one for the same token, even after `evict`, until it expires (`maxTtlMs` at most).
   *
   * Changing it invalidates every stored answer, and the server is asked again. Instances with different secrets do not share
   * answers. Default: none.
   */
  storeSecret?: Uint8Array | undefined
  /**
   * The maximum time for which an answer is used, in milliseconds, from 1 to 86,400,000: a revoked token may be accepted for
   * that long. An answer never outlives the token's `exp`, nor the response's `max-age` (or, without that, its `Expires`).
   * Default: 60,000.
   */
  maxTtlMs?: number | undefined
  /** How long an inactive token is cached as such, in milliseconds, from 0 to 300,000; 0 turns this off. Default: 10,000. */
  negativeTtlMs?: number | undefined
  /**
   * Caches responses despite `no-store` and `no-cache`, which some servers always send: they are treated as if they had no
   * `Cache-Control`. Default: `false`.
   */
  ignoreNoStore?: boolean | undefined
  /** How long to wait for the store, in milliseconds, from 1 to 60,000; after that the server is asked. Default: 500. */
  storeTimeoutMs?: number | undefined
}
