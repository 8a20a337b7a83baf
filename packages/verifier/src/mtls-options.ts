/**
 * Where the certificate of the client is found: on the connection, if TLS ends in this process; otherwise in the field that a proxy
 * sets.
 */
export type MtlsOptions = ConnectionCertificateOptions | ForwardedCertificateOptions | EscapedPemOptions

/**
 * The certificate of the TLS connection, as `request.peer` has it: the server must ask for one (`requestCert: true`). Whoever
 * completes a handshake with a certificate has proved to hold its key; whether a CA must vouch for it is up to the server
 * (`rejectUnauthorized`), and RFC 8705 §3 does not demand it.
 */
export interface ConnectionCertificateOptions {
  /** Whatever proxies and clients say of a certificate in fields is ignored. */
  readonly from: 'connection'
}

/** A certificate that a proxy forwards in a field of a fixed name. */
export interface ForwardedCertificateOptions {
  /**
   * - `client-cert`: `Client-Cert` (RFC 9440 §2.2)
   * - `x-forwarded-client-cert`: Envoy's field, with exactly one element, whose `Hash` counts and whose `Cert`, if there is one, must
   *   agree with it. The proxy that clients connect to is to be configured with `SANITIZE_SET`, and Envoys behind it with
   *   `FORWARD_ONLY`. Several elements are refused: Envoy writes names out of the certificate into the field as they are, so a name
   *   with a comma in it looks like one more element.
   */
  readonly from: 'client-cert' | 'x-forwarded-client-cert'
  /** Whose field is believed; that of anybody else is ignored. */
  readonly trustedProxies: TrustedProxies
}

/** A certificate that a proxy forwards as percent-encoded PEM, as in nginx's `$ssl_client_escaped_cert`. */
export interface EscapedPemOptions {
  /** Exactly one certificate, encoded once. */
  readonly from: 'escaped-pem'
  /** The name of the field. Default: `X-SSL-Client-Cert`. */
  readonly header?: string | undefined
  /** Whose field is believed; that of anybody else is ignored. */
  readonly trustedProxies: TrustedProxies
}

/**
 * Whose field is believed: the addresses of the proxies, IPv4 or IPv6, single or as CIDR blocks, compared with the other end of the
 * connection (`request.peer`) and never with `X-Forwarded-For`. The field of anybody else is ignored. Each of these proxies must set
 * or remove the field on *every* request.
 *
 * `'any'` says, in so many words, that nobody but such a proxy can connect: for a Unix socket, or a platform that does not tell who
 * is connected.
 */
export type TrustedProxies = readonly string[] | 'any'
