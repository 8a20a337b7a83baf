import type { FaultKind } from './fault-kind.js'

/** The endpoints of the issuer, by the names that their specifications give them. */
export type EndpointName =
  | 'dashboard'
  | 'openid-configuration'
  | 'oauth-authorization-server'
  | 'jwks'
  | 'authorization'
  | 'login'
  | 'end-session'
  | 'logout-confirmation'
  | 'token'
  | 'device-authorization'
  | 'device'
  | 'backchannel-authentication'
  | 'userinfo'
  | 'introspection'
  | 'revocation'
  | 'pushed-authorization-request'
  | 'registration'
  | 'client-configuration'

/**
 * One request that reached the issuer. Of the query, the headers and the body nothing is kept but what is named here: they carry tokens,
 * codes and secrets.
 */
export interface LoggedRequest {
  /** When it arrived, in milliseconds since the epoch, by the issuer's clock. */
  readonly timeMs: number
  readonly method: string
  /** The path as it was requested, without the query: 256 characters of it, with `…` for the last one where it was longer. */
  readonly path: string
  /** `undefined` for a path that no endpoint has. */
  readonly endpoint: EndpointName | undefined
  /**
   * Who the client says it is: by `client_id`, by HTTP Basic, or by the `sub` of its assertion. Not authenticated, and at most 256
   * characters of it. `undefined` when it does not say, when HTTP Basic names no client that there is, since that may be a secret, and until
   * the body was read.
   */
  readonly clientId?: string | undefined
  /** The `grant_type` of a form, at most 256 characters of it. */
  readonly grantType?: string | undefined
  /** The `scope` that was asked for, at most 1,024 characters of it. */
  readonly scope?: string | undefined
  /** The fault that it met. */
  readonly fault?: FaultKind | undefined
  /** The status of the answer, `undefined` until there is one. It stays so when the request was cut off. */
  readonly status: number | undefined
  /** Whether it ended without an answer: its connection was reset by a fault, or its client gave it up. `undefined` if not, or not yet. */
  readonly cutOff?: true | undefined
  /** Why it was refused, for an answer with an error: one with a status from 400 on, or a redirect that tells the client of an error. */
  readonly refusal?: LoggedRefusal | undefined
}

/** Why a request was refused. No token, code or secret is in it. */
export interface LoggedRefusal {
  /** The error code that the client was told: that of the RFC, such as `invalid_grant`. At most 256 characters of it. */
  readonly error: string
  /** What it was told besides, at most 1,024 characters of it. `undefined` when it was told the code alone. */
  readonly description: string | undefined
  /**
   * What would mend it, in the request or in the options of the issuer, at most 1,024 characters of it; the client is not told. A URI is in
   * it without its query, and an unknown client only if it is nearly one that there is. `undefined` where the description says it all.
   */
  readonly advice: string | undefined
}

/** Which request is waited for: one that has all that is given here. */
export type RequestFilter = Partial<
  Pick<LoggedRequest, 'method' | 'path' | 'endpoint' | 'clientId' | 'grantType' | 'scope' | 'fault' | 'status' | 'cutOff'>
>

/** How `waitForRequest` waits. */
export interface RequestWaitOptions {
  /** How long at most, in milliseconds of real time: 1 to 600,000. Default 5,000. */
  readonly timeoutMs?: number
  /** Only requests that arrived after this one count. Default: all, those in the log already too. */
  readonly after?: LoggedRequest
}
