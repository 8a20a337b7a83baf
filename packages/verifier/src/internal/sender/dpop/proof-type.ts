import type { JwsHeader } from '../../../jws-header.js'
import { quote } from '../../quote.js'
import { invalidProof } from './proof-error.js'

/**
 * `typ` must be exactly `dpop+jwt`, so that no other JWT signed with the key passes as a proof. `crit` is refused, since no
 * extension is supported.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 4, and §11.5
 * @see {@link https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11 RFC 7515 §4.1.11} (`crit`)
 */
export function checkProofType({ typ, crit, b64 }: JwsHeader): void {
  if (typ !== 'dpop+jwt') throw invalidProof(`its typ is ${quote(typ)}, not "dpop+jwt"`)
  if (crit !== undefined || (b64 !== undefined && b64 !== true)) throw invalidProof('it demands an extension that is not understood')
}
