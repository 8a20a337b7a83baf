import { AccessTokenError } from '../../../access-token-error.js'
import type { ServerNonces } from './server-nonces.js'

/**
 * `nonce` must be a recent one of this server. If it is missing or old, the client gets a new one and retries.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 10, and §9
 */
export async function checkProofNonce(nonce: string | undefined, nonces: ServerNonces): Promise<void> {
  if (nonce === undefined) throw new AccessTokenError('dpop_nonce_required', { detail: 'it has none' })
  if (!(await nonces.isCurrent(nonce))) throw new AccessTokenError('dpop_nonce_required', { detail: 'its nonce is too old, or not ours' })
}
