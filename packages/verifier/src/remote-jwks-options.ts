import type { Fetch } from '@bailiwick/protocol'
import type { JwksSnapshot } from './jwks-snapshot.js'

/** Where a key set is: at a URL, or where the metadata of an issuer says (`jwks_uri`). `https`, or `http` on loopback. */
export type JwksLocation = { readonly jwksUri: string } | { readonly issuer: string }

/** How a remote key set is kept. The defaults suit an API in production; times are in milliseconds. */
export interface RemoteJwksSettings {
  /** How long a key set is used when the issuer's `Cache-Control` does not say. Default: 600,000 (10 minutes). */
  ttlMs?: number | undefined
  /** The least that a `max-age` may shorten it to. Default: 60,000. */
  minTtlMs?: number | undefined
  /** The most that a `max-age` may lengthen it to, and so the longest that a withdrawn key is accepted. Default: 3,600,000. */
  maxTtlMs?: number | undefined
  /** How long after that the keys stay usable while the issuer cannot be reached. Default: 3,600,000 (1 hour); 0 for not at all. */
  staleIfErrorMs?: number | undefined
  /** The shortest time between two fetches, and the first pause after a failure. Default: 1,000. */
  cooldownMs?: number | undefined
  /** The longest pause after repeated failures, before jitter. Default: 60,000. */
  maxBackoffMs?: number | undefined
  /** The limit of one fetch, body included; discovery has the same once more. Default: 5,000. */
  timeoutMs?: number | undefined
  /** The largest document, in bytes. Default: 262,144. */
  maxBytes?: number | undefined
  /** The most keys; a set with more is refused whole. Default: 100. */
  maxKeys?: number | undefined
  /** What `export()` gave in an earlier run: verification starts without a fetch. One that is of another place is ignored. */
  seed?: JwksSnapshot | undefined
  /** Default: the global `fetch`. */
  fetch?: Fetch | undefined
  /** Milliseconds since the epoch. Default: `Date.now`. */
  now?: (() => number) | undefined
  /** Waits for the cooldown; by default with `setTimeout`. */
  sleep?: ((milliseconds: number) => Promise<void>) | undefined
  /** In [0, 1); spreads the refreshes and retries of many processes. Default: `Math.random`. */
  random?: (() => number) | undefined
}

/** Where the key set is (`jwksUri`, or an `issuer` whose metadata says), and how it is kept. */
export type RemoteJwksOptions = JwksLocation & RemoteJwksSettings
