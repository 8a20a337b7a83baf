import { quote } from '../../quote.js'
import { invalidProof } from './proof-error.js'

/**
 * `htm` must equal the method of the request. Methods are case-sensitive.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 8
 */
export function checkProofMethod(htm: string, method: string): void {
  if (htm !== method) throw invalidProof(`its htm is ${quote(htm)}, and the method ${quote(method)}`)
}
