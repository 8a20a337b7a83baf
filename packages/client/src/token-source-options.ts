import type { Store } from '@bailiwick/protocol'
import type { IdTokenClaims } from './client-options.js'
import type { Client } from './client.js'
import type { TokenSourceEvent } from './token-source-event.js'
import type { TokenSourceGrant } from './token-source-grant.js'

/** What is asked for, of whom, and how it is kept. */
export interface TokenSourceOptions<Claims = IdTokenClaims> {
  /** Who asks, and whom. */
  readonly client: Client<Claims>
  /** What is asked for, again and again. */
  readonly grant: TokenSourceGrant<Claims>
  /**
   * Where the instances of a machine share its tokens, so that one asks and the others wait for it. Default: each process has its own. Whoever can read
   * the store holds the tokens. With `dpop`, only instances with the same `keyPair` share. Times in it are by
   * the server's clock, as far as the client has learned it. Not for `refresh_token`: that has `onTokens`.
   */
  readonly store?: Store | undefined
  /**
   * How long before its end a token is renewed in the background, in seconds: at most half its life. Up to half as much again is added at random.
   * Default: a fifth of its life, at most 300. It is also how long an outage of the server may last without anybody noticing.
   */
  readonly refreshAheadSeconds?: number | undefined
  /** How long a token is good if the server does not say (`expires_in`), in seconds. Default 300. Such tokens are not put into the store. */
  readonly assumedLifetimeSeconds?: number | undefined
  /** Told of what nobody who asks sees, such as failures in the background. What it throws is passed over. */
  readonly onEvent?: ((event: TokenSourceEvent) => void) | undefined
  /** Milliseconds since the epoch: the same clock as the client's. Default `Date.now`. */
  readonly now?: (() => number) | undefined
}
