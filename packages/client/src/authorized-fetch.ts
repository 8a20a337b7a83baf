import type { Fetch } from '@bailiwick/protocol'
import type { Client } from './client.js'
import type { StepUp } from './step-up.js'
import type { TokenSource } from './token-source.js'

/** `fetch` with an access token. What it sends, and when it rejects, is told at `createAuthorizedFetch`. */
export type AuthorizedFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Whose access goes with requests, and where to. */
export interface AuthorizedFetchOptions {
  /** Makes the proofs of `DPoP` tokens. For tokens of the type `Bearer` it is not asked. */
  readonly client: Pick<Client<unknown>, 'dpopProof' | 'keyThumbprint'>
  /** Where the access tokens come from. */
  readonly tokens: Pick<TokenSource<unknown>, 'getTokens'>
  /**
   * The origins that get the token, at least one, such as `https://api.example.com`: compared as a whole, scheme and port included. No path, no
   * trailing slash, no wildcard; `https`, loopback aside.
   */
  readonly allowedOrigins: readonly string[]
  /**
   * Called when an API asks for more than the user has, with what `startLogin` takes. `true` says that `tokens` has more now: the request is made once
   * more, if its body can be sent twice. Default: none, so that it rejects with `step_up_required`.
   */
  readonly onStepUp?: ((stepUp: StepUp) => Promise<boolean>) | undefined
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined
}
