/**
 * - `invalid_option`: an option of `createMockIssuer` or `listen` cannot be used
 * - `contract_broken`: a token was asked for that the contract does not allow
 * - `issuer_name_in_use`: `listen()` would rename an issuer whose name was already read or issued
 * - `request_not_pending`: a request was decided on that is unknown, expired or decided on already
 * - `unknown_user`: a user was to be changed who is not configured
 * - `request_not_seen`: `waitForRequest()` has waited in vain
 * - `attack_impossible`: an API was to be attacked that does not let a good token in
 * - `claims_provider_failed`: the claims provider threw, took too long, or returned no claims; told to `onError`
 * - `already_listening`: `listen()` was called twice without a `close()` between
 */
export type MockIssuerErrorCode =
  | 'invalid_option'
  | 'contract_broken'
  | 'issuer_name_in_use'
  | 'request_not_pending'
  | 'unknown_user'
  | 'request_not_seen'
  | 'claims_provider_failed'
  | 'already_listening'
  | 'attack_impossible'

/** The error that this package throws at the developer who uses it. The message names the fix and never holds a token. */
export class MockIssuerError extends Error {
  /** A stable, machine-readable reason: switch on this, never on the message. */
  readonly code: MockIssuerErrorCode

  constructor(code: MockIssuerErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
    this.name = 'MockIssuerError'
  }
}
