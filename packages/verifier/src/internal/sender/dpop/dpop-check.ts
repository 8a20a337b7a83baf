import type { DpopSupport, RequestLike } from '@bailiwick/protocol'
import type { DpopOptions } from '../../../dpop-options.js'
import { AccessTokenError } from '../../../access-token-error.js'

/** The token, the thumbprint of the key that it is bound to, and the request that presents it. */
export interface DpopCheckInput {
  readonly token: string
  readonly jkt: string
  readonly request: RequestLike
}

export interface DpopCheck {
  readonly support: DpopSupport
  /** @throws {AccessTokenError} */
  check(input: DpopCheckInput): Promise<void>
}

export function createDpopCheck(options: DpopOptions, _: { now: () => number }): DpopCheck {
  return {
    support: { algorithms: options.algorithms ?? [] },
    check: () => Promise.reject(new AccessTokenError('dpop_proof_missing')),
  }
}
