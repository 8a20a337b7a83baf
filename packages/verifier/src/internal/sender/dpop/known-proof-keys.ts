import { BoundedMap } from '@bailiwick/protocol'
import type { SigningAlgorithm } from '../../../algorithms.js'
import type { JwsHeader } from '../../../jws-header.js'
import type { VerificationKey } from '../../../key-source.js'
import { ownCopyOf } from '../../own-copy.js'

/** The header of a proof that was found good, and what was found in it. */
export interface KnownProofKey {
  readonly encodedHeader: string
  readonly header: JwsHeader
  readonly alg: SigningAlgorithm
  readonly key: VerificationKey
}

/**
 * The keys of clients, by the thumbprint that tokens are bound to. A client sends the same header with each proof: it need not be
 * looked into again, nor its key be made ready.
 *
 * Nothing gets in but what signed a proof that was found good, for a token that is bound to it; and one header for each key.
 */
export interface KnownProofKeys {
  get(jkt: string): KnownProofKey | undefined
  add(jkt: string, known: KnownProofKey): void
}

/** A key and its header take a few kilobytes. */
const maxKeys = 1000
/** Twice what a header with an RSA key of 4096 bits has. */
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
