/**
 * Where the certificate of the client is found: `connection` if TLS ends in this process; otherwise in the header that a proxy
 * sets. A header is believed only if `trustedProxies` says so of whoever is connected.
 */
export type MtlsOptions = { readonly from: 'connection' } | ForwardedCertificateOptions

/** A certificate that a proxy forwards. */
export interface ForwardedCertificateOptions {
  /**
   * - `client-cert`: the field `Client-Cert` (RFC 9440 §2.2)
   * - `x-forwarded-client-cert`: Envoy's field, of which the `Hash` or the `Cert` of the last element counts
   * - `escaped-pem`: a field of the name `header`, with nginx's `$ssl_client_escaped_cert`
   */
  readonly from: 'client-cert' | 'x-forwarded-client-cert' | 'escaped-pem'
  /** The field for `escaped-pem`. Default: `X-SSL-Client-Cert`. */
  readonly header?: string | undefined
  /**
   * The addresses of the proxies, single or as CIDR blocks. `'any'` says, in so many words, that nobody but a proxy that sets or
   * removes the field can connect.
   */
  readonly trustedProxies: readonly string[] | 'any'
}
