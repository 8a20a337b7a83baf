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

/** One request that reached the issuer. The query, the headers and the body are not kept: they carry tokens and codes. */
export interface LoggedRequest {
  /** When it arrived, in milliseconds since the epoch, by the issuer's clock. */
  readonly timeMs: number
  readonly method: string
  /** The path as it was requested, without the query. */
  readonly path: string
  /** `undefined` for a path that no endpoint has. */
  readonly endpoint: EndpointName | undefined
  /** The status of the answer, `undefined` until there is one. */
  readonly status: number | undefined
}
