import type { DpopOptions } from './dpop-options.js'
import type { MtlsOptions } from './mtls-options.js'

/** How a sender-constrained token (`cnf`) is checked against the request that presents it. */
export interface SenderConstraintOptions {
  /** Accepts tokens bound to a DPoP key (RFC 9449). Default: they are refused. */
  dpop?: DpopOptions | undefined
  /** Accepts tokens bound to a client certificate (RFC 8705 §3). Default: they are refused. */
  mtls?: MtlsOptions | undefined
  /** Refuses plain bearer tokens. Default: `false`. */
  required?: boolean | undefined
}
