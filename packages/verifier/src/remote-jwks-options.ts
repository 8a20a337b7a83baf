import type { Fetch } from '@bailiwick/protocol'
import type { JwksSnapshot } from './jwks-snapshot.js'

/** Where a key set is: at a URL, or at the `jwks_uri` of an issuer's metadata. `https`, or `http` on loopback. */
export type JwksLocation = { readonly jwksUri: string } | { readonly issuer: string }

/** How a remote key set is cached. The defaults suit an API in production; times are in milliseconds. */
export interface RemoteJwksSettings {
  /** How long a key set is fresh if the response has no `max-age`. Default: 600,000 (10 minutes). */
  ttlMs?: number | undefined
  /** The minimum lifetime, even if `max-age` is shorter. Default: 60,000. */
  minTtlMs?: number | undefined
  /** The maximum lifetime, even if `max-age` is longer: a withdrawn key is accepted for at most that long. Default: 3,600,000. */
  maxTtlMs?: number | undefined
  /** How long after that the keys stay usable while the issuer is unreachable. Default: 3,600,000 (1 hour); 0 for not at all. */
  staleIfErrorMs?: number | undefined
  /** The shortest time between two fetches, and the first pause after a failure. Default: 1,000. */
  cooldownMs?: number | undefined
  /** The longest pause after repeated failures, before jitter. Default: 60,000. */
  maxBackoffMs?: number | undefined
  /** The time limit of one fetch, body included; discovery has the same limit. Default: 5,000. */
  timeoutMs?: number | undefined
  /** The largest document, in bytes. Default: 262,144. */
  maxBytes?: number | undefined
  /** The maximum number of keys; a larger set is refused as a whole. Default: 100. */
  maxKeys?: number | undefined
  /** The result of `export()` in an earlier run, so that verification starts without a fetch. One for another location is ignored. */
  seed?: JwksSnapshot | undefined
  /** Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: (() => number) | undefined
  /** Waits for the cooldown. Default: `setTimeout`. */
  sleep?: ((milliseconds: number) => Promise<void>) | undefined
  /** A number in [0, 1), which spreads the refreshes and retries of many processes. Default: `Math.random`. */
  random?: (() => number) | undefined
}

/** Where the key set is (`jwksUri`, or an `issuer` whose metadata names it), and how it is cached. */
export type RemoteJwksOptions = JwksLocation & RemoteJwksSettings
