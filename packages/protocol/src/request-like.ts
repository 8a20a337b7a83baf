/** The part of a web-standard `Request` that is read here: a `Request` is one, and every framework's request can be seen as one. */
export interface RequestLike {
  readonly method: string
  /** Absolute, or path and query alone as Node gives it. */
  readonly url: string
  /** `get` is case-insensitive, joins repeated fields with `", "`, and returns `null` for an absent one. */
  readonly headers: { get(name: string): string | null }
  /** Who is at the other end of the connection. Absent where the platform does not tell, as in a plain `Request`. */
  readonly peer?: ConnectedPeer | undefined
}

/** What the transport knows of the other end: the client itself, or a proxy in front of this process. */
export interface ConnectedPeer {
  /**
   * Its IP address, as the connection has it and not as a header claims; `undefined` where there is none (a Unix socket), and possibly
   * once the connection is gone.
   */
  readonly address: string | undefined
  /**
   * The certificate (DER) whose key it proved to hold in the TLS handshake, or in the one of the session that it resumed; `undefined`
   * without one. Whether a CA vouches for it, and whether it has expired, is not said.
   */
  readonly certificate: Uint8Array | undefined
}
