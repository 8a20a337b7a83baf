import type { Store } from '@bailiwick/protocol'

/** What is kept of the server's answers, where, and for how long. */
export interface IntrospectionCacheOptions {
  /**
   * Where answers are kept. Share one between the instances of an API to have them share answers. Each is under a hash of the token
   * (with issuer, `endpoint`, client, audience and dialect), and is encrypted with a key that is made from the token: what the store holds is of
   * no use to who reads it. Whoever can *write* to it decides who is let in, unless there is a `storeSecret`: they make up a token, and
   * an answer on it. With `response: 'phantom'` its JWT is verified each time, so that they need one that the issuer has signed.
   *
   * Default: the memory of this process, for 10,000 answers and 32 MiB, and as much for answers by which tokens are refused.
   */
  store?: Pick<Store, 'get' | 'set' | 'delete'> | undefined
  /**
   * At least 32 random bytes, the same in all instances; it is copied. Answers in the `store` are encrypted with a key that is made from it
   * and the token, so that nobody makes one up who can merely write there. Whoever can may still delete an answer, and put back an
   * earlier one on the same token, also after `evict`: until its time is over, which is `maxTtlMs` at most.
   *
   * To change it, change it: what was sealed with another secret counts as not there, and the server is asked. While instances have
   * different ones they do not share their answers. Default: none.
   */
  storeSecret?: Uint8Array | undefined
  /**
   * How long an answer is used at most, in milliseconds, from 1 to 86,400,000: that long a revoked token may still be accepted. An
   * answer never outlives the token's `exp`, or the `max-age` of the response, or its `Expires` without that. Default: 60,000.
   */
  maxTtlMs?: number | undefined
  /** How long it is remembered that a token is not active, in milliseconds, from 0 to 300,000; 0 for not at all. Default: 10,000. */
  negativeTtlMs?: number | undefined
  /**
   * Whether a response is kept although it says `no-store` or `no-cache`, which some servers always say: it then counts as one
   * without `Cache-Control`. Default: `false`.
   */
  ignoreNoStore?: boolean | undefined
  /** How long to wait for the store, in milliseconds, from 1 to 60,000; then the server is asked. Default: 500. */
  storeTimeoutMs?: number | undefined
}
