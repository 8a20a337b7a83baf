import { type CompactJws, parseCompactJws } from '../../compact-jws.js'
import type { HeaderLookup, KnownHeader } from '../../known-headers.js'
import { invalidProof } from './proof-error.js'

/** Ten times the length of a proof with an RSA key of 4096 bits. */
const maxProofCharacters = 8192

/**
 * Parses a proof without verifying it: a compact JWS of at most 8,192 characters, whose header is a JSON object.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9449#section-4.3 RFC 9449 §4.3}, item 2
 */
export function parseProof<Known extends KnownHeader>(proof: string, knownHeaders: HeaderLookup<Known>): CompactJws<Known> {
  if (proof.length > maxProofCharacters) throw invalidProof(`it has ${proof.length} characters, and ${maxProofCharacters} are allowed`)
  try {
    return parseCompactJws(proof, { maxTokenBytes: maxProofCharacters, knownHeaders })
  } catch (cause) {
    throw invalidProof('it is not a well-formed JWT', cause)
  }
}
