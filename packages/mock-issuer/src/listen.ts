/// <reference lib="esnext.disposable" preserve="true" />
import type { HttpsOptions } from './https-options.js'

/** Where the issuer listens. */
export interface ListenOptions {
  /** Default: one that is free; after a `close()`, the one before, so that the issuer can come back. */
  port?: number
  /** An address of this machine. Default `127.0.0.1`: only programs on this machine can connect. */
  host?: string
  /** HTTPS instead of HTTP: `true` with a certificate that is made for it, an object for more. Default `false`. */
  https?: boolean | HttpsOptions
}

/** A socket that the issuer listens on. */
export interface ListeningIssuer {
  /** The base URL of the socket: scheme, host and port. It is the issuer's name too, unless that was given. */
  readonly url: string
  readonly port: number
  /**
   * What a client must trust to connect, in PEM: the `ca` of an agent, or the file of `NODE_EXTRA_CA_CERTS`. With a `cert` of your own it
   * is that one. `undefined` without HTTPS.
   */
  readonly certificate: string | undefined
  /** Stops listening and ends every connection, idle and busy. The issuer itself stays usable and can listen again. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
