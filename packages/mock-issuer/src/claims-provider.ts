/** The access token that claims are asked for. */
export interface ClaimsRequest {
  /** The user; for a token that a client gets for itself, the client. */
  readonly sub: string
  readonly clientId: string
  /** The scopes that are granted. */
  readonly scopes: readonly string[]
  /** The APIs that the token is for. */
  readonly audience: readonly string[]
  /** The grant type of the token request; `undefined` when a login is checked against the contract before there is one. */
  readonly grantType?: string
}

/**
 * Says what claims an access token has, as the claims provider of a real server does out of a database or an API. It is asked each time
 * that a client is issued a token, by any grant, and where there is a contract also before a login is accepted, since the contract may
 * demand what it gives. It is not asked for a token that a test mints, which has the claims that the test says, nor for an ID token,
 * which is about the login.
 *
 * Its claims go before the user's and the client's configured ones; `undefined` leaves a claim out. They are carried as JSON, of at most
 * 64 kB. It cannot set what the issuer itself vouches for: see `reservedClaims`; these are passed over. The contract is checked after it.
 * One that throws, takes longer than `claimsTimeoutMs`, or returns anything but an object is a fault: the client is answered
 * `server_error`, and `onError` is told the reason. A refresh token is not used up by that.
 *
 * @returns the claims; nothing for none
 */
export type ClaimsProvider = (
  request: ClaimsRequest,
) => Readonly<Record<string, unknown>> | undefined | void | Promise<Readonly<Record<string, unknown>> | undefined | void>

/** The claims that a claims provider cannot set: who issued the token to whom, by which login, for how long and for which key. */
export const reservedClaims: readonly string[] = [
  'iss',
  'sub',
  'aud',
  'exp',
  'iat',
  'nbf',
  'jti',
  'client_id',
  'scope',
  'authorization_details',
  'cnf',
  'act',
  'may_act',
  'auth_time',
  'acr',
  'amr',
  'sid',
]
