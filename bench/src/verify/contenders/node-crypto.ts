import { constants, createPublicKey, type JsonWebKey, verify, type VerifyKeyObjectInput } from 'node:crypto'
import type { Contender } from '../contender.js'

/** Only the signature, without JSON and claims: the limit that the others are measured against. */
export const nodeCrypto: Contender = {
  name: 'node:crypto verify (the limit)',
  packages: [],
  call: 'verify(hash, signingInput, keyObject, signature): no claims',
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  async create({ alg, jwk }) {
    const hash = alg === 'EdDSA' ? null : 'sha256'
    const key = keyInput(alg, jwk)
    return (token) => {
      const dot = token.lastIndexOf('.')
      const signature = Buffer.from(token.slice(dot + 1), 'base64url')
      if (!verify(hash, Buffer.from(token.slice(0, dot)), key, signature)) throw new Error('bad signature')
    }
  },
}

function keyInput(alg: string, jwk: JsonWebKey): VerifyKeyObjectInput {
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  if (alg === 'PS256') return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  return alg === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : { key }
}
