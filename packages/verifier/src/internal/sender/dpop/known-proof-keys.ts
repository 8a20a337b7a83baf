import { BoundedMap } from '@bailiwick/protocol'
import type { SigningAlgorithm } from '../../../algorithms.js'
import type { JwsHeader } from '../../../jws-header.js'
import type { VerificationKey } from '../../../key-source.js'
import { ownCopyOf } from '../../own-copy.js'

/** The header of a verified proof, parsed, with its key. */
export interface KnownProofKey {
  readonly encodedHeader: string
  readonly header: JwsHeader
  readonly alg: SigningAlgorithm
  readonly key: VerificationKey
}

/**
 * The keys of clients, by the thumbprint that tokens are bound to. A client sends the same header with each proof, so it need
 * not be parsed again, nor its key imported again.
 *
 * Only headers of verified proofs are added, for a token that is bound to the key; one header per key.
 */
export interface KnownProofKeys {
  get(jkt: string): KnownProofKey | undefined
  add(jkt: string, known: KnownProofKey): void
}

/** A key and its header take a few kilobytes. */
const maxKeys = 1000
/** Twice the length of a header with an RSA key of 4096 bits. */
const maxHeaderCharacters = 2048

export function createKnownProofKeys(): KnownProofKeys {
  const keys = new BoundedMap<KnownProofKey>({ maxEntries: maxKeys })
  return {
    get: (jkt) => keys.get(jkt),
    add(jkt, known) {
      if (known.encodedHeader.length > maxHeaderCharacters || keys.get(jkt)?.encodedHeader === known.encodedHeader) return
      keys.set(ownCopyOf(jkt), { ...known, encodedHeader: ownCopyOf(known.encodedHeader) })
    },
  }
}
