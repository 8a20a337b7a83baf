/// <reference lib="esnext.disposable" preserve="true" />

/** Where the issuer listens. */
export interface ListenOptions {
  /** Default: one that is free; after a `close()`, the one before, so that the issuer can come back. */
  port?: number
  /** An address of this machine. Default `127.0.0.1`: only programs on this machine can connect. */
  host?: string
}

/** A socket that the issuer listens on. */
export interface ListeningIssuer {
  /** The base URL of the socket: scheme, host and port. It is the issuer's name too, unless that was given. */
  readonly url: string
  readonly port: number
  /** Stops listening and ends every connection, idle and busy. The issuer itself stays usable and can listen again. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
