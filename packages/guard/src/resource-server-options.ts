import type { AccessTokenVerifier, ReadCredentialsOptions } from '@bailiwick/protocol'
import type { TokenContract } from './contract.js'
import type { ResourceServerEventHook } from './events.js'

/** The options of `createResourceServer`. */
export interface ResourceServerOptions<Claims> {
  /** Verifies tokens. Give it the contract's audience. */
  readonly verifier: AccessTokenVerifier
  /** What tokens are read as. */
  readonly contract: TokenContract<Claims>
  /** The `realm` of challenges. Default: the audience of the contract. */
  readonly realm?: string | undefined
  /**
   * The URL that names this API to its clients (RFC 9728 §1.2): https (http on loopback), no fragment. It switches the metadata
   * document on, and the challenges that lead to it. Default: none. It is never taken from a request.
   */
  readonly resource?: string | undefined
  /** The API's name for people, in the metadata document. Default: none. */
  readonly resourceName?: string | undefined
  /**
   * `{ query: true }` also takes tokens from the URL (RFC 6750 §2.3), where they end up in logs. Default: the `Authorization`
   * header alone.
   */
  readonly tokenFrom?: ReadCredentialsOptions['tokenFrom']
  /** The longest token, in bytes. Default 16,384. */
  readonly maxTokenBytes?: number | undefined
  /** `Retry-After` of a 503 where the verifier does not say, in seconds, 1 to 86,400. Default 5. */
  readonly retryAfterSeconds?: number | undefined
  /** How long an asynchronous guard may take, in milliseconds, 1 to 600,000. After that the answer is 503. Default 5,000. */
  readonly authorizationTimeoutMs?: number | undefined
  /** Told of every decision. Default: nobody. */
  readonly onEvent?: ResourceServerEventHook | undefined
  /** The time of events, in milliseconds since the epoch. Default `Date.now`. Expiry of tokens is the verifier's. */
  readonly now?: (() => number) | undefined
  /** Calls back once after a delay in milliseconds; returns what cancels it. Default `setTimeout`. */
  readonly startTimer?: StartTimer | undefined
}

/** Starts a timer and returns what cancels it. */
export type StartTimer = (callback: () => void, delayMs: number) => () => void

/** How one request is authenticated. */
export interface AuthenticateOptions {
  /** Lets a request *without* a token pass as anonymous. A bad token is refused all the same. Default `false`. */
  readonly optional?: boolean | undefined
  /** The `access_token` parameter of a form body, if you accept it there. See `readCredentials` of `@bailiwick/protocol`. */
  readonly formToken?: string | undefined
}
