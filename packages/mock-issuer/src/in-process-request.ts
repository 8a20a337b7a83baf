/** What `issuer.fetch` takes besides what the global `fetch` does. */
export interface InProcessRequestInit extends RequestInit {
  /**
   * The certificate, in PEM, that the client is to have presented in a TLS handshake, though there is none. As text it counts as one of
   * an authority that the issuer trusts; `chainTrusted: false` says that it leads to none, as one that is self-signed.
   */
  readonly clientCertificate?: string | { readonly pem: string; readonly chainTrusted: boolean }
}
