/** Where the client certificate comes from: the connection, if TLS ends in this process, or else a header that a proxy sets. */
export type MtlsOptions = ConnectionCertificateOptions | ForwardedCertificateOptions | EscapedPemOptions

/**
 * The certificate of the TLS connection, as in `request.peer`: the server must request one (`requestCert: true`). A completed
 * handshake proves possession of its key. Whether a CA must have issued it is up to the server (`rejectUnauthorized`); RFC 8705
 * §3 does not require it.
 */
export interface ConnectionCertificateOptions {
  /** Certificates in headers are ignored, whoever sent them. */
  readonly from: 'connection'
}

/** A certificate that a proxy forwards in a header with a fixed name. */
export interface ForwardedCertificateOptions {
  /**
   * - `client-cert`: `Client-Cert` (RFC 9440 §2.2)
   * - `x-forwarded-client-cert`: Envoy's header, with exactly one element. Its `Hash` counts; its `Cert`, if present, must
   *   agree with it. Configure the proxy that clients connect to with `SANITIZE_SET`, and Envoys behind it with `FORWARD_ONLY`.
   *   Several elements are refused: Envoy copies names from the certificate into the header unescaped, so a name with a comma
   *   looks like another element.
   */
  readonly from: 'client-cert' | 'x-forwarded-client-cert'
  /** The proxies whose header is used; it is ignored from anybody else. */
  readonly trustedProxies: TrustedProxies
}

/** A certificate that a proxy forwards as percent-encoded PEM, as in nginx's `$ssl_client_escaped_cert`. */
export interface EscapedPemOptions {
  /** Exactly one certificate, encoded once. */
  readonly from: 'escaped-pem'
  /** The name of the header. Default: `X-SSL-Client-Cert`. */
  readonly header?: string | undefined
  /** The proxies whose header is used; it is ignored from anybody else. */
  readonly trustedProxies: TrustedProxies
}

/**
 * The proxies whose header is used: IPv4 or IPv6 addresses, single or as CIDR blocks. They are compared with the other end of
 * the connection (`request.peer`), never with `X-Forwarded-For`. The header is ignored from anybody else. Each proxy must set
 * or remove the header on *every* request.
 *
 * `'any'` states explicitly that only such a proxy can connect: for a Unix socket, or a platform that does not report who is
 * connected.
 */
export type TrustedProxies = readonly string[] | 'any'
