import type { AccessTokenClaims } from './access-token.js'
import type { AttackResult, AttackWait } from './attack-report.js'
import type { ForgeryName } from './forgeries.js'
import type { ForgeableIssuer } from './internal/forgeries/forgeable-issuer.js'
import type { LoggedRequest } from './request-log.js'
import type { SigningAlgorithm } from './signing-algorithm.js'

/** The options of `attack`. */
export interface AttackOptions {
  /** A route of the API that a good token opens. What it does is done for every forgery that is let in. */
  url: string | URL
  /** The issuer that the API trusts. It must listen where the API can reach it. */
  issuer: ForgeableIssuer & { readonly requests: readonly LoggedRequest[] }
  /** Default `GET`. */
  method?: string
  /** The claims of the good token, its `scope` among them; `missingScope` is skipped without one. Default: none but those of every token. */
  claims?: AccessTokenClaims
  /** Header fields of every request, such as an API key or a content type; neither `authorization` nor `cookie`. Default: none. */
  headers?: Readonly<Record<string, string>>
  /** The body of every request. Default: none. */
  body?: string
  /** `rfc9068` has the API refuse whatever is no access token of RFC 9068 to the letter. Default `jwt`: what other issuers write is fine. */
  profile?: 'jwt' | 'rfc9068'
  /** What tokens are signed with. Default: ES256, or RS256 if the API takes no good token of that. */
  algorithm?: SigningAlgorithm
  /** The `typ` of the good token. Default `at+jwt` (RFC 9068 §2.1); some APIs take nothing but `JWT`. */
  typ?: string
  /** The forgeries to send. Default: all. */
  forgeries?: readonly ForgeryName[]
  /** How many requests are under way at once, 1 to 64. Default 4. */
  concurrency?: number
  /** How long the API has for each answer, in milliseconds. Default 5,000. */
  timeoutMs?: number
  /** How long to wait for the API to answer a good token with a status from 200 to 299, in milliseconds. Default 0: it must do so at once. */
  readyWithinMs?: number
  /** Called within `readyWithinMs` when the API does not let a good token in: at first, whenever that changes, and every 5 seconds. */
  onWaiting?: (wait: AttackWait) => void
  /**
   * Reaches the API in place of a socket, as for an API that is under test in the same process. Then several header fields of one name go
   * as one, and nobody answers at the addresses of the attacker, so that `lured` is not noticed.
   */
  fetch?: (input: string, init: RequestInit) => Promise<Response>
  /** Called after each forgery. */
  onResult?: (result: AttackResult) => void
}
