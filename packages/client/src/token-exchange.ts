import type { TokenRequestOptions } from './token-request.js'

/** A token in return for another (RFC 8693 §2.1). Say `scope` and `resource` or `audience`: a downstream call should get no more than it needs. */
export interface ExchangeOptions extends TokenRequestOptions {
  /** Whose access it is. */
  readonly subjectToken: string
  /** Default `urn:ietf:params:oauth:token-type:access_token`. */
  readonly subjectTokenType?: string | undefined
  /** Who acts for them, if that is to be seen in `act`. */
  readonly actorToken?: string | undefined
  /** Needed with `actorToken`. Default `urn:ietf:params:oauth:token-type:access_token`. */
  readonly actorTokenType?: string | undefined
  /** Default: the server decides, which is nearly always an access token. What cannot be used as one is refused. */
  readonly requestedTokenType?: string | undefined
}
