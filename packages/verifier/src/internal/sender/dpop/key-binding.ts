import type { VerificationKey } from '../../../key-source.js'
import { AccessTokenError } from '../../../access-token-error.js'
import { jwkThumbprint } from './jwk-thumbprint.js'

/**
 * The key of the proof must be the one that the token is bound to.
 *
 * @param jkt the thumbprint of that key, from the token
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 12, and §6
 */
export async function checkKeyBinding({ jwk }: VerificationKey, jkt: string): Promise<void> {
  if ((await jwkThumbprint(jwk)) !== jkt) throw new AccessTokenError('dpop_key_mismatch')
}
