/** A successful answer of the token endpoint (RFC 6749 §5.1, OpenID Connect Core 1.0 §3.1.3.3). */
export interface TokenResponse {
  readonly access_token: string
  /** `DPoP` for a token that is bound to a DPoP key (RFC 9449 §5). */
  readonly token_type: 'Bearer' | 'DPoP'
  readonly expires_in: number
  readonly scope?: string
  readonly authorization_details?: readonly unknown[]
  readonly refresh_token?: string
  readonly id_token?: string
  /** What kind of token the access token is, after an exchange (RFC 8693 §2.2.1). */
  readonly issued_token_type?: string
}
