import type { DpopOptions } from '../../dpop-options.js'
import { MockIssuerError } from '../../mock-issuer-error.js'

/** The DPoP options with their defaults, checked. */
export interface DpopSettings {
  readonly nonce: 'optional' | 'required'
}

/**
 * Reads the option `dpop`.
 * @throws {MockIssuerError} `invalid_option`
 */
export function readDpopSettings({ nonce = 'optional' }: DpopOptions = {}): DpopSettings {
  if (nonce === 'optional' || nonce === 'required') return { nonce }
  throw new MockIssuerError('invalid_option', `The option "dpop.nonce" must be optional or required, not "${String(nonce)}".`)
}
