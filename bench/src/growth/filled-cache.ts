import { createPublicKey } from 'node:crypto'
import { createJwtVerifier } from '@bailiwick/verifier'
import { createVerifier } from 'fast-jwt'
import { audience } from '../issuer/issuer.js'
import type { SigningKey } from '../issuer/signing-key.js'
import type { Verify } from '../verify/contender.js'
import { issuerName } from './typical-token.js'
import { usedBytes } from './used-memory.js'

/** A verifier of ES256 tokens that caches verdicts, with room for all of them. */
export interface Cacher {
  name: string
  create(key: SigningKey, room: number): Verify
}

export const cachers: readonly Cacher[] = [
  {
    name: 'Bailiwick',
    create({ jwk }, room) {
      const cache = { maxEntries: room, maxBytes: 2 ** 40 }
      const { verify } = createJwtVerifier({ issuer: issuerName, audience, keys: { jwks: { keys: [jwk] } }, cache })
      return (token) => verify(token)
    },
  },
  {
    name: 'fast-jwt',
    create({ jwk }, room) {
      const key = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
      return createVerifier({ key, algorithms: ['ES256'], allowedIss: issuerName, allowedAud: audience, cache: room })
    },
  },
]

/** A verifier that has verified every token once, and the memory that an entry takes. */
export interface FilledCache {
  verify: Verify
  bytesPerEntry: number
}

/** Each token is a new string, as from a socket, so that what the cache keeps of it is part of the measured memory. */
export async function fill({ create }: Cacher, key: SigningKey, tokens: readonly Buffer[]): Promise<FilledCache> {
  const verify = create(key, tokens.length)
  const before = usedBytes()
  for (const token of tokens) await verify(token.toString('latin1'))
  return { verify, bytesPerEntry: (usedBytes() - before) / tokens.length }
}
