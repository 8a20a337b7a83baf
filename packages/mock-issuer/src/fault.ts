import type { FaultRequest } from './fault-request.js'
import type { EndpointName } from './request-log.js'

/**
 * What can go wrong between a client and any endpoint. The genuine endpoint does its work, unless the kind says that it is not
 * asked; what the client gets of its answer is another matter.
 */
export type TransportFault =
  | DelayFault
  | HangFault
  | ResetFault
  | StatusFault
  | RedirectFault
  | TruncatedFault
  | WrongContentTypeFault
  | HugeFault
  | DripFault

/** The answer comes late. The wait is in real time, whatever the issuer's clock says; it ends early when the fault is removed. */
export interface DelayFault {
  readonly kind: 'delay'
  /** 0 to 600,000, ten minutes. */
  readonly delayMs: number
}

/**
 * The answer does not come, until the fault is removed: then the genuine one does. So a test can hold requests and let them go
 * without any time in it. A request that is aborted, or whose client goes away, stops waiting.
 */
export interface HangFault {
  readonly kind: 'hang'
}

/** The connection ends without an answer: reset on a socket, `TypeError: fetch failed` in process. */
export interface ResetFault extends LostAnswer {
  readonly kind: 'reset'
}

/** An answer with this status, in place of the genuine one. */
export interface StatusFault extends LostAnswer {
  readonly kind: 'status'
  /** 200 to 599. With 204, 205 and 304 there is no body. */
  readonly status: number
  /** An object is sent as JSON, a string as text. Default: empty. */
  readonly body?: object | string
  /** The value of `Retry-After`, in seconds. Default: no such header. */
  readonly retryAfterSeconds?: number
  /** Further headers. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
}

interface LostAnswer {
  /**
   * Whether the endpoint does its work all the same, so that it is only the answer that is lost: a code is redeemed, a refresh token
   * used up. Default `false`: it is not asked.
   */
  readonly workDone?: boolean
}

/** A redirect to somewhere else. The endpoint is not asked. */
export interface RedirectFault {
  readonly kind: 'redirect'
  /** The `Location`, absolute or relative. */
  readonly location: string
  /** Default 302. */
  readonly status?: 301 | 302 | 303 | 307 | 308
}

/**
 * A part of the genuine body. With `connection-lost`, `Content-Length` announces all of it, and the connection ends before; with
 * `body-cut` the message is complete, and it is the text in it that stops in the middle.
 */
export interface TruncatedFault {
  readonly kind: 'truncated'
  /** Default `connection-lost`. */
  readonly how?: 'connection-lost' | 'body-cut'
  /** How much of the body comes. At most all but one byte. Default: half of it, rounded down. */
  readonly keepBytes?: number
}

/** The genuine body under another media type. */
export interface WrongContentTypeFault {
  readonly kind: 'wrong-content-type'
  /** Default `text/html`. */
  readonly contentType?: string
}

/** The genuine body, padded with white space: it is valid JSON all the way, and too much of it. Streamed, without `Content-Length`. */
export interface HugeFault {
  readonly kind: 'huge'
  /** How long the body is at least, in bytes: up to 2^30. Default 67,108,864, which is 64 MB. */
  readonly bytes?: number
}

/** The genuine body, a few bytes at a time. The intervals are real time; when the fault is removed, the rest comes at once. */
export interface DripFault {
  readonly kind: 'drip'
  /** 1 to 65,536. Default 1. */
  readonly bytesPerInterval?: number
  /** 1 to 60,000. Default 1,000. */
  readonly intervalMs?: number
}

/** The genuine document, in text that is no JSON: it has one brace too many. */
export interface MalformedJsonFault {
  readonly kind: 'malformed-json'
  /** Another text in its place. */
  readonly body?: string
}

/** The key set of before the last rotation, as a cache on the way would have it. Genuine for as long as there was no rotation. */
export interface StaleKeysFault {
  readonly kind: 'stale-keys'
}

/** The keys rotate as soon as the genuine answer was made: what the client gets is true no longer when it arrives. */
export interface RotateMidFlightFault {
  readonly kind: 'rotate-mid-flight'
  /** Whether the key set keeps the old keys. Default `true`. */
  readonly keepOld?: boolean
}

/**
 * Access and ID tokens are minted as if the issuer's clock were off: `iat`, `exp` and what else is read from it. What the token
 * endpoint checks, such as the time of a code, is not affected. Needs `AsyncLocalStorage`, so not in browsers.
 */
export interface ClockSkewFault {
  readonly kind: 'clock-skew'
  /** Positive for a clock that is fast: the tokens are from the future. */
  readonly skewSeconds: number
}

/**
 * The answer names another issuer: `issuer` in metadata, `iss` of minted tokens (which needs `AsyncLocalStorage`, so not in
 * browsers), of introspection in plain JSON, and in the query of an authorization response (RFC 9207).
 */
export interface WrongIssuerFault {
  readonly kind: 'wrong-issuer'
  readonly issuer: string
}

/** The endpoints that answer with pages and redirects, for browsers. All others answer with documents. */
type PageEndpointName = Extract<EndpointName, 'authorization' | 'login' | 'dashboard' | 'end-session' | 'logout-confirmation' | 'device'>

/** Which requests meet a fault, and how often. */
export interface FaultOptions {
  /** After so many requests have met it, the fault is over. Default: it stays until it is removed. */
  readonly times?: number
  /**
   * Only requests that carry this key in the header `mock-fault-key` meet the fault, so that tests that share an issuer do not meet
   * each other's: 1 to 256 printable ASCII characters. See `issuer.withFaultKey`. Default: every request does, those with a key too.
   */
  readonly key?: string
  /** Only requests for which this returns `true` meet it. Default: all. */
  readonly when?: (request: FaultRequest) => boolean
}

/**
 * One fault of one endpoint. Which kinds an endpoint can have is in the type: all have those of the transport, `*` (every endpoint)
 * has no others.
 */
export type Fault = FaultOptions &
  (
    | ({ readonly endpoint: EndpointName | '*' } & TransportFault)
    | ({ readonly endpoint: Exclude<EndpointName, PageEndpointName> } & MalformedJsonFault)
    | ({ readonly endpoint: 'jwks' } & StaleKeysFault)
    | ({ readonly endpoint: 'jwks' | 'token' } & RotateMidFlightFault)
    | ({ readonly endpoint: 'token' } & ClockSkewFault)
    | ({ readonly endpoint: WrongIssuerEndpointName } & WrongIssuerFault)
  )

type WrongIssuerEndpointName = 'openid-configuration' | 'oauth-authorization-server' | 'token' | 'introspection' | 'authorization' | 'login'
