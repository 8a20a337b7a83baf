/** The part of a web-standard `Request` that is read here. A `Request` is one, and the request of any framework can be adapted to it. */
export interface RequestLike {
  readonly method: string
  /** Absolute, or only path and query as in Node. */
  readonly url: string
  /** `get` is case-insensitive, joins repeated fields with `", "`, and returns `null` for an absent one. */
  readonly headers: { get(name: string): string | null }
  /** The other end of the connection. Absent where the platform does not expose it, as in a plain `Request`. */
  readonly peer?: ConnectedPeer | undefined
}

/** What the transport knows about the other end of the connection: the client itself, or a proxy in front of this process. */
export interface ConnectedPeer {
  /**
   * Its IP address, from the connection and never from a header; `undefined` where there is none (a Unix socket), and possibly once
   * the connection has ended.
   */
  readonly address: string | undefined
  /**
   * The certificate (DER) whose private key it proved to hold in the TLS handshake, or in that of the session it resumed; `undefined`
   * without one. It says nothing about whether a CA issued the certificate, or whether it has expired.
   */
  readonly certificate: Uint8Array | undefined
}
