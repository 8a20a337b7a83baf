import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { type Algorithm, createVerifier } from 'fast-jwt'
import type { Contender } from '../contender.js'

export const fastJwt: Contender = {
  name: 'fast-jwt',
  packages: ['fast-jwt'],
  call: 'createVerifier({ key, algorithms, allowedIss, allowedAud }), its cache off, which is its default',
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  async create({ alg, jwk, issuer, audience }) {
    const pem = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    return createVerifier({ key: pem, algorithms: [alg as Algorithm], allowedIss: issuer, allowedAud: audience })
  },
}
