/**
 * A way of logging in, as tokens and authorization requests name it. There are no passwords here: the level says what a real server
 * would have asked for, so that step-up can be tested.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9470#section-5 RFC 9470 §5}
 */
export interface AuthenticationLevel {
  /** The `acr` of the tokens, and the name to ask for in `acr_values`: 1 to 255 printable ASCII characters, without spaces. */
  readonly acr: string
  /** Shown on the login page, which calls it by the `acr` too. Default: only the `acr`. */
  readonly name?: string
  /** The `amr` of the tokens (RFC 8176 §2). Default: none. */
  readonly amr?: readonly string[]
}

/** The levels of an issuer that was given none, the weakest first. */
export const defaultAuthenticationLevels: readonly AuthenticationLevel[] = [
  { acr: 'urn:example:pwd', name: 'Password', amr: ['pwd'] },
  { acr: 'urn:example:mfa', name: 'Password and one-time code', amr: ['pwd', 'otp', 'mfa'] },
]
