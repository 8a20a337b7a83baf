/** How the issuer listens on HTTPS. All in PEM. */
export interface HttpsOptions {
  /** The private key of `cert`. Default: one that is made for this socket, with a certificate that `server.certificate` trusts. */
  readonly key?: string
  /** The server's certificate, with those between it and its authority. Give it along with `key`. */
  readonly cert?: string
  /**
   * Whether clients are asked for a certificate, which they need not have: for `tls_client_auth`, `self_signed_tls_client_auth` and tokens
   * that are bound to a certificate (RFC 8705). Default `false`.
   */
  readonly requestClientCertificate?: boolean
  /**
   * The authorities that the certificates of `tls_client_auth` must lead to; they need `requestClientCertificate`. Default: those that
   * Node trusts. One that does not lead to them is still good for the other uses.
   */
  readonly ca?: string | readonly string[]
}
