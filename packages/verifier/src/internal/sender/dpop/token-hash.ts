import { sha256 } from '#platform'
import { invalidProof } from './proof-error.js'

/**
 * `ath` must be the hash of the token, so that the proof was made for this token and not for another one with the same key.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 12
 */
export async function checkTokenHash(ath: string, token: string): Promise<void> {
  if (ath !== (await sha256(token))) throw invalidProof('its ath is not the hash of the token')
}
